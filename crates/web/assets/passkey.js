// Passkeys: asks the authenticator what the page's form says, and sends back what it answers. Each form is sent once.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const named = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));

// What a browser takes in place of JSON.
function readable(asked) {
  const options = { ...asked.publicKey, challenge: bytes(asked.publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
  return { publicKey: options };
}

function written(answer) {
  const out = { id: answer.id, rawId: text(answer.rawId), type: answer.type, response: {}, extensions: {} };
  for (const part of ['attestationObject', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle']) {
    if (answer.response[part]) out.response[part] = text(answer.response[part]);
  }
  return JSON.stringify(out);
}

const form = document.querySelector('form[data-passkey]');
async function ask() {
  const failed = document.getElementById('passkey-failed');
  try {
    const asked = readable(JSON.parse(form.dataset.passkey));
    const answer = await (asked.publicKey.user ? navigator.credentials.create(asked) : navigator.credentials.get(asked));
    form.elements._answer.value = written(answer);
    form.requestSubmit();
  } catch {
    failed.hidden = false;
  }
}
// What binds or destroys is read first: its form is sent by a press, once the authenticator has answered.
const pressed = form && 'passkeyPress' in form.dataset;
if (pressed) {
  form.addEventListener('submit', (event) => {
    if (form.elements._answer.value) return;
    event.preventDefault();
    ask();
  });
}
if (pressed && window.PublicKeyCredential) {
  document.getElementById('passkey-failed').hidden = true;
} else if (form && window.PublicKeyCredential) ask();
else if (form) document.getElementById('passkey-failed').hidden = false;
