// The page people come in by: sign in, make an account, choose a password, accept an invitation.
// What is to be done stands behind `#` (`join=`, `reset=`, `verify=`), so that no log and no other site gets to see it.

const query = new URLSearchParams(location.search);
const secret = new URLSearchParams(location.hash.slice(1));
const at = (id) => document.getElementById(id);

const REFUSALS = {
  sign_in_failed: 'That did not work. Try again, or sign in another way.',
  sign_up_closed: 'There is no account for you here yet. Ask an admin of your community to invite you.',
  link_expired: 'This link has run out. Go back to where you came from, and click again.',
  link_used: 'This link was used already. Go back to where you came from, and click again.',
  link_invalid: 'This link does not sign in here.',
  unavailable: 'The provider cannot be reached at the moment. Try again in a while.',
};

const community = query.get('community') ?? undefined;
let ways = { accounts: false, sign_up: 'closed', mail: false, providers: [] };
let csrf = null;

async function call(path, body) {
  const headers = { 'Content-Type': 'application/json', ...(csrf === null ? {} : { 'X-CSRF-Token': csrf }) };
  const answer = await fetch(path, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) });
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(content.detail ?? 'That did not work.');
  return content;
}

function tell(text, bad = false) {
  at('told').textContent = text;
  at('told').classList.toggle('bad', bad);
}

/** A path of ours to go to afterwards. */
function destination() {
  const to = query.get('to') ?? '/';
  return to.startsWith('/') && !to.startsWith('//') && !to.includes('\\') ? to : '/';
}

/** Show a form with these fields, and do this with what was filled in. */
function ask({ title, go, fields, password = 'current-password', done }) {
  at('title').textContent = title;
  document.title = `${title} · Vivavoce`;
  at('go').textContent = go;
  for (const field of ['name', 'email', 'password']) {
    at(`${field}-row`).hidden = !fields.includes(field);
    at(field).required = fields.includes(field);
  }
  at('password').autocomplete = password;
  at('form').hidden = false;
  at('form').onsubmit = async (event) => {
    event.preventDefault();
    at('go').disabled = true;
    try {
      await done({ name: at('name').value, email: at('email').value, password: at('password').value });
    } catch (error) {
      tell(error.message, true);
    }
    at('go').disabled = false;
  };
  at('form').querySelector('label:not([hidden]) input')?.focus();
}

function offer(...links) {
  at('others').replaceChildren(
    ...links.map(([text, target]) => {
      const link = document.createElement('a');
      link.textContent = text;
      link.href = typeof target === 'string' ? target : '#';
      if (typeof target === 'function') {
        link.onclick = (event) => {
          event.preventDefault();
          tell('');
          target();
        };
      }
      return link;
    }),
  );
}

function signIn() {
  ask({
    title: 'Sign in',
    go: 'Sign in',
    fields: ['email', 'password'],
    done: async ({ email, password }) => {
      await call('/api/sign-in', { email, password, community });
      location.assign(destination());
    },
  });
  const to = new URLSearchParams({ to: destination(), ...(community === undefined ? {} : { community }) });
  offer(
    ...ways.providers.map((one) => [`Sign in with ${one.title}`, `${one.url}?${to}`]),
    ...(ways.sign_up === 'open' ? [['Make an account', signUp]] : []),
    ...(ways.mail ? [['I forgot my password', forgot]] : []),
  );
}

function signUp() {
  ask({
    title: 'Make an account',
    go: 'Make an account',
    fields: ['name', 'email', 'password'],
    password: 'new-password',
    done: async (filled) => {
      await call('/api/accounts', { ...filled, community });
      location.assign(destination());
    },
  });
  offer(['I have an account', signIn]);
}

function forgot() {
  ask({
    title: 'A new password',
    go: 'Send me a link',
    fields: ['email'],
    done: async ({ email }) => {
      await call('/api/password/forgot', { email, community });
      at('form').hidden = true;
      tell('If there is an account with this address, a link is on its way to it.');
    },
  });
  offer(['Back', signIn]);
}

function choosePassword(token) {
  ask({
    title: 'Choose a password',
    go: 'Save and sign in',
    fields: ['password'],
    password: 'new-password',
    done: async ({ password }) => {
      await call('/api/password/choose', { token, password });
      location.assign(destination());
    },
  });
  tell('At least 10 characters: a sentence is best.');
}

async function verify(token) {
  await call('/api/password/verify', { token });
  at('title').textContent = 'Thank you';
  tell('Your e-mail address is confirmed.');
  offer(['Go on', '/']);
}

async function join(token) {
  const seen = await call('/api/invitations/look', { token });
  const me = await call('/api/me').catch(() => null);
  const myself = me !== null && me.way !== 'local';
  csrf = me?.csrf_token ?? null;
  ask({
    title: seen.title || 'You are invited',
    go: 'Go in',
    fields: myself ? [] : ['name'],
    done: async ({ name }) => {
      const accepted = await call('/api/invitations/accept', { token, name: name || undefined });
      location.assign(`/s/${accepted.session}`);
    },
  });
  at('name').value = seen.name;
  const as = seen.role === 'coach' ? 'as its coach' : 'to this session';
  tell(`${seen.invited_by} invites you ${as}.${myself ? ` You go in as ${me.account.name}.` : ''}`);
  if (ways.accounts && !myself) offer(['I have an account here', () => signInThenJoin(token)]);
}

function signInThenJoin(token) {
  ask({
    title: 'Sign in',
    go: 'Sign in',
    fields: ['email', 'password'],
    done: async ({ email, password }) => {
      await call('/api/sign-in', { email, password, community });
      await join(token);
    },
  });
  offer();
}

async function begin() {
  ways = await call(`/api/sign-in${community === undefined ? '' : `?${new URLSearchParams({ community })}`}`);
  if (secret.has('join')) return join(secret.get('join'));
  if (secret.has('reset')) return choosePassword(secret.get('reset'));
  if (secret.has('verify')) return verify(secret.get('verify'));
  signIn();
  const refusal = query.get('error');
  if (refusal !== null) tell(REFUSALS[refusal] ?? REFUSALS.sign_in_failed, true);
}

begin().catch((error) => {
  at('title').textContent = 'That did not work';
  tell(error.message, true);
  offer(['To the start page', '/']);
});
