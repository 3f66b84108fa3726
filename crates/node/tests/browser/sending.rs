//! A large file goes up slowly: how far it is shows, it can be stopped with nothing lost, and sent again.

use super::demo::{demo, in_target};
use super::inquiry::dossier;
use super::pages::{SUBMIT, sign_in};
use super::window::{Manner, Window, in_browser};
use serde_json::json;

#[test]
fn a_file_goes_up_with_its_progress_and_can_be_stopped() {
    in_browser("sending", Manner::default(), |window| async move {
        let ma = demo().ma.as_str();
        sign_in(&window, ma, "enquete", "ar").await;
        let home = dossier(&window, ma).await;
        let file = in_target("browser").join("large.txt");
        std::fs::write(&file, "line of a long record\n".repeat(200_000)).expect("a file");
        let form = format!("{ma}{home}/write/investigation.contribute");
        window.goto(&form).await;
        let field = |name: &str| format!("form.entry-form [name='{name}']");
        window.fill(&field("title"), "سجل طويل").await;
        window.fill(&field("text"), "أربعة ملايين حرف.").await;
        window.attach("#f-files", &file).await;

        slowed(&window, 400_000);
        window.click(SUBMIT).await;
        let part = || async {
            let at = window.script::<f64>(
                "return document.querySelector('#sending progress')?.value ?? 0;",
                Vec::new(),
            );
            Ok((at.await > 0.0).then_some(()))
        };
        window.until("some of it went", part).await;
        let picture = in_target("browser").join("sending-ar.png");
        window.picture(&picture).await;
        window.click("#sending button").await;
        assert_eq!(window.count("#sending progress").await, 0);
        let kept = "return document.querySelector(\"[name='title']\").value;";
        assert_eq!(window.script::<String>(kept, Vec::new()).await, "سجل طويل");
        assert_eq!(window.address().await, form, "nothing was sent");

        slowed(&window, -1);
        window.follow(SUBMIT).await;
        assert!(window.address().await.starts_with(&format!("{ma}{home}")));
        assert!(window.text("main").await.contains("سجل طويل"));
    });
}

/// Bytes a second that go up; -1 for no limit.
fn slowed(window: &Window, upload: i64) {
    let set = json!({"offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload});
    window.devtools("Network.enable", &json!({}));
    window.devtools("Network.emulateNetworkConditions", &set);
}
