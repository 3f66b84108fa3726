//! Writing in one dossier of the story as its people do: each node in its own language, what is asked answered by its number.

use serde_json::Value;

use super::DemoError;
use super::api::{Attachment, Recorded, Writing};
use super::world::{Nodes, language, other};

/// Who writes: the node, and one of its people.
pub type By = (&'static str, &'static str);

/// A dossier that both nodes write in.
pub struct Scene<'a> {
    /// Both nodes.
    pub nodes: &'a mut Nodes,
    /// The dossier.
    pub dossier: String,
}

/// Something that an entry asks: the entry, and its place among what that asks.
pub type Asked<'a> = (&'a str, usize);

impl<'a> Scene<'a> {
    /// A dossier that somebody opens, and the entry that opens it.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn open(
        nodes: &'a mut Nodes,
        by: By,
        (entry_type, values): (&str, Value),
    ) -> Result<(Self, String), DemoError> {
        let writing = Writing {
            partner: Some(other(by.0)),
            lang: language(by.0),
            values,
            ..Writing::default()
        };
        let opened = nodes.api(by.0).record(by.1, entry_type, writing).await?;
        nodes.settled().await?;
        let dossier = opened.dossier;
        Ok((Self { nodes, dossier }, opened.entry))
    }

    /// Something is said; the entry.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn say(
        &mut self,
        by: By,
        entry_type: &str,
        values: Value,
    ) -> Result<String, DemoError> {
        Ok(self.write(by, (None, entry_type), values, &[]).await?.entry)
    }

    /// What an entry asked is answered; the entry that does.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn answer(
        &mut self,
        by: By,
        ((entry, place), entry_type): (Asked<'_>, &str),
        values: Value,
    ) -> Result<String, DemoError> {
        let path = format!("/api/v1/entries/{entry}");
        let view = self.nodes.api(by.0).get(by.1, &path).await?;
        let on = view.pointer(&format!("/opened/{place}"));
        let on = on.and_then(Value::as_str).ok_or_else(|| {
            DemoError::Story(format!("{entry_type} has nothing to answer at {}", by.0))
        })?;
        let written = self.write(by, (Some(on), entry_type), values, &[]);
        Ok(written.await?.entry)
    }

    /// The same as both, with files.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn write(
        &mut self,
        by: By,
        (on, entry_type): (Option<&str>, &str),
        values: Value,
        files: &[Attachment<'_>],
    ) -> Result<Recorded, DemoError> {
        let writing = Writing {
            dossier: Some(&self.dossier),
            on,
            lang: language(by.0),
            values,
            files,
            ..Writing::default()
        };
        let node = self.nodes.api(by.0);
        Ok(node.record(by.1, entry_type, writing).await?)
    }

    /// Waits until each side holds what the other wrote.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn settled(&mut self) -> Result<(), DemoError> {
        self.nodes.settled().await
    }
}
