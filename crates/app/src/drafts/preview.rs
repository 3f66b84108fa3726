//! An entry to come, recorded and undone again: what the partner will see of it, by the code that will write it.

use super::{ByPasskey, Content, Signing};
use crate::access::Operation;
use crate::apply::BodyIn;
use crate::attach::SealedFile;
use crate::codec::config_of;
use crate::error::{AppError, Result};
use crate::views::{PreviewFile, PreviewView};
use crate::{Actor, App, Recording};
use entente_core::act::Config;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::kinds;
use entente_core::kinds::release::RELEASE;
use entente_store::{Read, StoreError, StoreExt, Write};
use std::sync::Arc;

/// How a transaction ends that was never to stay.
enum Undone<T> {
    /// As it would have been recorded.
    Made(Box<T>),
    /// It would have been refused.
    Refused(AppError),
}

impl<T> From<StoreError> for Undone<T> {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl App {
    /// What the partner will see of an entry, if it is sent now. Nothing is stored but the trace of having asked.
    ///
    /// # Errors
    /// As [`App::record`].
    pub fn preview(&self, actor: &Actor, mut recording: Recording) -> Result<PreviewView> {
        if recording.entry_type == RELEASE.name {
            return Err(AppError::NotFound);
        }
        self.inner.store.view("authorise", |tx| {
            self.refuse_closed(tx)?;
            self.authorise_recording(tx, actor, &recording)
        })?;
        self.looked(
            actor,
            Operation::Consult,
            "preview",
            recording.dossier,
            None,
        )?;
        recording = self.completed(actor, recording)?;
        let files = std::mem::take(&mut recording.files);
        let body = self.body_of(&recording, &[])?;
        let values = Values::from_bytes(&body).map_err(|_| AppError::Bug("body"))?;
        let body = (self.new_body(body), Vec::new());
        let (header, config) = self.rehearse(actor, &recording, body, None)?;
        let file = |file: crate::NewFile| PreviewFile {
            size: file.content.size(),
            name: file.name,
            media: file.media,
        };
        let files = files.into_iter().map(file).collect();
        self.preview_of(&recording, (header, &config), values, files)
    }

    /// A rehearsed entry as it will be read.
    pub(crate) fn preview_of(
        &self,
        recording: &Recording,
        (header, config): (Header, &Config),
        values: Values,
        files: Vec<PreviewFile>,
    ) -> Result<PreviewView> {
        let entry_type = self.entry_type_of(recording)?;
        let kind = kinds::ALL.iter().find(|kind| {
            let named = kind.entry(entry_type.name);
            named.is_some_and(|found| std::ptr::eq(found, entry_type))
        });
        let me = &self.inner.me;
        let others = config.participants.iter();
        // What was made to rehearse is undone: who is found wrote here before.
        let author = header.author.officer.0;
        let behind = header.dossier.map(|dossier| {
            let found = |tx: &dyn Read| tx.officer_behind(dossier, author);
            self.inner.store.view("pseudonym", found)
        });
        Ok(PreviewView {
            named: behind.transpose()?.flatten().is_some(),
            entry_type,
            kind: kind.ok_or(AppError::NotFound)?,
            own_only: header.audience.len() == 1,
            readers: others
                .filter(|s| s.node() != *me && header.audience.contains(&s.node()))
                .cloned()
                .collect(),
            fields: entry_type.fields,
            header,
            values,
            files,
        })
    }

    /// Records an entry and undoes it: the header that it would have, and the configuration of its dossier. `second`: who else is to
    /// sign it, now.
    pub(crate) fn rehearse(
        &self,
        actor: &Actor,
        recording: &Recording,
        (body, files): (BodyIn, Vec<SealedFile>),
        second: Option<&Actor>,
    ) -> Result<(Header, Config)> {
        let (app, actor, recording) = (self.clone(), actor.clone(), recording.clone());
        let (second, files) = (second.cloned(), Arc::new(files));
        self.undo(move |tx| {
            let content = Content {
                body: &body,
                files: &files,
                signing: second.as_ref().map_or(Signing::Rehearsal, Signing::Second),
                passkey: ByPasskey::Asked,
            };
            app.rehearse_in(tx, &actor, &recording, content)
        })
    }

    /// Does something and undoes it: what it would have given, or been refused for.
    pub(crate) fn undo<T: Send + 'static>(
        &self,
        make: impl Fn(&mut dyn Write) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = &self.inner.store;
        let outcome = store.update::<(), Undone<T>>("rehearse", move |tx| {
            Err(match make(tx) {
                Ok(made) => Undone::Made(Box::new(made)),
                Err(error) => Undone::Refused(error),
            })
        });
        self.inner.memory.undone();
        match outcome {
            Err(Undone::Made(made)) => Ok(*made),
            Err(Undone::Refused(error)) => Err(error),
            Ok(()) => Err(AppError::Bug("a rehearsal was kept")),
        }
    }

    fn rehearse_in(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
        content: Content<'_>,
    ) -> Result<(Header, Config)> {
        let (recorded, _) = self.record_in(tx, actor, recording, content)?;
        let missing = || AppError::Bug("a rehearsed entry is not there");
        let row = tx.entry(recorded.entry)?.ok_or_else(missing)?;
        let header = Header::from_bytes(&row.header).map_err(|_| missing())?;
        let config = config_of(tx.as_read(), recorded.dossier)?.ok_or_else(missing)?;
        Ok((header, config))
    }
}
