// A real OpenID Connect provider for the tests: the certified oidc-provider, with people who sign in by their name alone.
//
// node provider.mjs PORT REDIRECT_URI; prints `ready` when it listens. PUT /keys gives it new signing keys.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, redirectUri] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const people = {
  ana: { email: 'ana@one.example', email_verified: true, name: 'Ana of the provider' },
  ben: { email: 'ben@two.example', email_verified: true, name: 'Ben' },
  mallory: { email: 'ana@one.example', email_verified: false, name: 'Mallory' },
};
let generation = 0;

function newProvider() {
  generation += 1;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: `key-${generation}`, use: 'sig', alg: 'RS256' };
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'vivavoce', client_secret: 'a secret & more', redirect_uris: [redirectUri] }],
    jwks: { keys: [key] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['for tests'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  });
  return { provider, callback: provider.callback() };
}

let { provider, callback } = newProvider();

// Whoever comes is the person that ?login_hint= names, and agrees to everything; `nobody` declines.
async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const who = details.params.login_hint;
  if (who === 'nobody') {
    return provider.interactionFinished(request, response, { error: 'access_denied' });
  }
  const grant = new provider.Grant({ accountId: who, clientId: details.params.client_id });
  grant.addOIDCScope(details.params.scope);
  const result = { login: { accountId: who }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

createServer((request, response) => {
  if (request.method === 'PUT' && request.url === '/keys') {
    ({ provider, callback } = newProvider());
    response.end('new');
  } else if (request.url.startsWith('/interaction/')) {
    interact(request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  } else {
    callback(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
