//! A real OpenID provider for tests: Debian's glewlwyd, of its own on a free port, over TLS from an authority of the tests, with one invented
//! person and this node as its client. `scripts/need.sh provider` installs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use entente_store::tls;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::owned;

/// What the invented person types there.
pub const PERSON: (&str, &str) = ("agent.inventee", "a fictional password");
const CLIENT: &str = "entente";
const SECRET: &str = "fictional-secret-of-a-client";
/// Whoever administers it, as it comes.
const ADMINISTRATOR: (&str, &str) = ("admin", "password");
const PATIENCE: Duration = Duration::from_secs(30);
/// Its tables, as Debian's package brings them.
const TABLES: &str = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";
const PAGES: &str = "/usr/share/glewlwyd";

/// An authority, a certificate of it for this machine, a key that signs tokens, and the pages. Debian's package puts a folder where the
/// pages' settings belong: the file of the templates takes its place.
const MAKE: &str = "set -e
new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj /CN=authority
openssl req -x509 $new -keyout other.key -out other-ca.pem -days 2 -subj /CN=another
openssl req $new -keyout server.key -out server.csr -subj /CN=localhost
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' >server.ext
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.crt
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out sign.key
openssl pkey -in sign.key -pubout -out sign.pub
";

/// Makes an authority and what it certifies.
///
/// # Panics
/// If openssl is not there.
pub fn certify(folder: &Path) {
    let mut make = Command::new("sh");
    make.args(["-c", MAKE])
        .current_dir(folder)
        .stdin(Stdio::null());
    let made = make.output().expect("a shell");
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
}

/// The provider, until this is dropped.
pub struct Glewlwyd {
    /// Who it says to be.
    pub issuer: String,
    /// Its address.
    pub address: String,
    folder: TempDir,
    child: Option<Child>,
}

impl Glewlwyd {
    /// Starts it for a node at this address; none, with a line that says so, where it is not installed.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start(node: &str) -> Option<Self> {
        if !Path::new("/usr/bin/glewlwyd").exists() {
            println!("skipped: glewlwyd is not installed (scripts/need.sh provider)");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        certify(folder.path());
        let pages = folder.path().join("pages");
        copy_pages(&pages);
        let tables = std::fs::read_to_string(TABLES).expect("its tables");
        let database = rusqlite::Connection::open(folder.path().join("data.db"));
        database
            .and_then(|db| db.execute_batch(&tables))
            .expect("a database");
        let address = format!("https://localhost:{}", owned::free_port());
        let settings = folder.path().join("settings");
        std::fs::write(&settings, text(folder.path(), &address)).expect("written");
        let settings = format!("--config-file={}", settings.display());
        let child = owned::start("/usr/bin/glewlwyd", &[&settings]);
        let provider = Self {
            issuer: format!("{address}/api/oidc"),
            address,
            folder,
            child: Some(child),
        };
        provider.furnish(node).await;
        Some(provider)
    }

    /// File of the authority of its certificate.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The lines of a node's configuration, and the file of the secret that they name.
    pub fn configuration(&self, data: &Path) -> String {
        std::fs::write(data.join("oidc.secret"), SECRET).expect("written");
        let private = Command::new("chmod")
            .arg("600")
            .arg(data.join("oidc.secret"))
            .status();
        assert!(private.expect("chmod").success());
        format!(
            "\n[oidc]\nissuer = \"{}\"\nclient_id = \"{CLIENT}\"\nsecret_file = \"oidc.secret\"\nauthorities_file = \"{}\"\n\
             name = \"Annuaire fictif | الدليل المخترع | Invented directory\"\n",
            self.issuer,
            self.authority().display()
        )
    }

    /// Ends it: from now on it does not answer.
    pub fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            let _ended = child.wait();
        }
    }

    /// A browser without pages.
    pub fn client(&self) -> Client {
        let trust = tls::client(Some(&self.authority())).expect("its authority");
        let client = Client::builder()
            .tls_backend_preconfigured(trust)
            .no_proxy();
        let client = client
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none());
        client.build().expect("a client")
    }

    /// Signs somebody in there.
    pub async fn enter(&self, client: &Client, name: &str, password: &str) {
        let who = json!({"username": name, "password": password});
        let begun = Instant::now();
        loop {
            let sent = self.send(client, Method::POST, "/auth/", &who).await;
            match sent {
                Ok(answer) => return assert!(answer.status().is_success(), "{answer:?}"),
                Err(_) if begun.elapsed() < PATIENCE => {}
                Err(error) => panic!("it does not answer: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn send(
        &self,
        client: &Client,
        method: Method,
        path: &str,
        body: &Value,
    ) -> reqwest::Result<Response> {
        let place = format!("{}/api{path}", self.address);
        client.request(method, place).json(body).send().await
    }

    /// The service, its client and its person; the person agrees once that the client may know of them.
    async fn furnish(&self, node: &str) {
        let administrator = self.client();
        let (name, password) = ADMINISTRATOR;
        self.enter(&administrator, name, password).await;
        let read =
            |file: &str| std::fs::read_to_string(self.folder.path().join(file)).expect("a key");
        let (name, password) = PERSON;
        let things = [
            (
                "/mod/plugin/",
                plugin(&self.issuer, &read("sign.key"), &read("sign.pub")),
            ),
            ("/client/", client(node)),
            (
                "/user/",
                json!({"username": name, "name": "Personne inventée", "password": password, "enabled": true, "scope": ["openid"]}),
            ),
        ];
        for (path, thing) in things {
            let put = self.send(&administrator, Method::POST, path, &thing).await;
            let answer = put.expect("an answer");
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
        }
        // Who may sign in with a cookie of before types the password all the same, every ten minutes.
        let scope = json!({"name": "openid", "display_name": "OpenID", "password_required": true, "password_max_age": 600, "scheme": {}});
        let put = self
            .send(&administrator, Method::PUT, "/scope/openid", &scope)
            .await;
        assert!(put.expect("an answer").status().is_success());
        let person = self.client();
        self.enter(&person, name, password).await;
        let agrees = json!({"scope": "openid"});
        let put = self
            .send(
                &person,
                Method::PUT,
                &format!("/auth/grant/{CLIENT}"),
                &agrees,
            )
            .await;
        assert!(put.expect("an answer").status().is_success());
    }
}

impl Drop for Glewlwyd {
    fn drop(&mut self) {
        self.end();
    }
}

fn copy_pages(to: &Path) {
    let from = format!("{PAGES}/webapp");
    // The folder in the place of a file fails to be followed on some versions: what counts is what is there afterwards.
    let _copied = Command::new("cp")
        .arg("-rL")
        .arg(from)
        .arg(to)
        .stderr(Stdio::null())
        .status();
    let settings = to.join("config.json");
    if settings.is_dir() {
        std::fs::remove_dir_all(&settings).expect("removed");
    }
    std::fs::copy(format!("{PAGES}/templates/config.json"), settings)
        .expect("settings of its pages");
    assert!(to.join("login.html").exists() && to.join("js/jquery.min.js").exists());
}

fn text(folder: &Path, address: &str) -> String {
    let (folder, port) = (
        folder.display(),
        address.rsplit(':').next().unwrap_or_default(),
    );
    format!(
        r#"port={port}
bind_address="127.0.0.1"
external_url="{address}"
login_url="login.html"
api_prefix="api"
static_files_path="{folder}/pages"
log_mode="console"
log_level="ERROR"
cookie_secure=1
session_expiration=2419200
session_key="GLEWLWYD2_SESSION_ID"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
allow_multiple_user_per_session=true
login_api_enabled=true
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=true
secure_connection_key_file="{folder}/server.key"
secure_connection_pem_file="{folder}/server.crt"
hash_algorithm="SHA512"
database={{ type="sqlite3"; path="{folder}/data.db"; }};
static_files_mime_types=(
  {{ extension=".html"; mime_type="text/html"; }}, {{ extension=".css"; mime_type="text/css"; }},
  {{ extension=".js"; mime_type="application/javascript"; }}, {{ extension=".json"; mime_type="application/json"; }},
  {{ extension=".png"; mime_type="image/png"; }}, {{ extension="*"; mime_type="application/octet-stream"; }}
)
"#
    )
}

fn plugin(issuer: &str, key: &str, public: &str) -> Value {
    json!({"module": "oidc", "name": "oidc", "display_name": "oidc", "enabled": true, "parameters": {
        "iss": issuer, "jwt-type": "ecdsa", "jwt-key-size": "256", "key": key, "cert": public, "jwks-show": true,
        "access-token-duration": 3600, "refresh-token-duration": 1_209_600, "code-duration": 600, "refresh-token-rolling": true,
        "auth-type-code-enabled": true, "auth-type-token-enabled": false, "auth-type-id-token-enabled": true,
        "auth-type-password-enabled": false, "auth-type-client-enabled": false, "auth-type-refresh-enabled": false,
        "pkce-allowed": true, "pkce-method-plain-allowed": false, "pkce-required": true, "subject-type": "public",
        "oauth-as-iss-id": true, "session-management-allowed": true, "back-channel-logout-allowed": true,
        "session-cookie-name": "GLEWLWYD2_OIDC_SID", "session-cookie-expiration": 2400, "allowed-scope": ["openid"],
    }})
}

fn client(node: &str) -> Value {
    json!({
        "client_id": CLIENT, "name": "Entente", "enabled": true, "confidential": true, "client_secret": SECRET,
        "redirect_uri": [format!("{node}/sign-in/provider/back")], "authorization_type": ["code"],
        "token_endpoint_auth_method": ["client_secret_basic"], "scope": [],
        "post_logout_redirect_uri": format!("{node}/sign-in"),
        "backchannel_logout_uri": format!("{node}/sign-in/provider/logout"), "backchannel_logout_session_required": "yes",
    })
}
