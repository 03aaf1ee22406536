import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import { TEST_JWT_SECRET } from '../http/harness.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Access tokens that must open nothing, made from one that does. */
export async function forgedTokens(token: string, now: Date): Promise<[name: string, token: string][]> {
  const claims = decodeJwt(token);
  const header = { ...decodeProtectedHeader(token), alg: 'HS256' };
  const secret = new TextEncoder().encode(TEST_JWT_SECRET);
  const sign = (change: object, head: object = {}, key: Uint8Array = secret) =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ ...header, ...head }).sign(key);
  const [head, payload, signature] = token.split('.') as [string, string, string];
  const seconds = Math.floor(now.getTime() / 1000);
  const { exp: _, ...endless } = claims;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicPem = new TextEncoder().encode(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  return [
    ['without an algorithm', new UnsecuredJWT(claims).encode()],
    ['with the algorithm None and its old signature', `${encode({ ...header, alg: 'None' })}.${payload}.${signature}`],
    ['signed by another secret', await sign({}, {}, new TextEncoder().encode('another secret, also of 32 characters'))],
    ['signed with HS512', await sign({}, { alg: 'HS512' }, new TextEncoder().encode(TEST_JWT_SECRET.repeat(2)))],
    [
      'signed by an RSA key',
      await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'RS256' }).sign(rsa.privateKey),
    ],
    ['signed by a public key as secret', await sign({}, {}, publicPem)],
    ['whose key id is a path', await sign({}, { kid: '../../../../dev/null' }, new Uint8Array(32))],
    [
      'that brings its own key',
      await sign({}, { jku: 'http://127.0.0.1:9/keys', jwk: { kty: 'oct', k: 'AAAA' } }, new Uint8Array(32)),
    ],
    ['without an expiry', await new SignJWT(endless).setProtectedHeader(header).sign(secret)],
    ['that has expired', await sign({ exp: seconds - 3_600 })],
    ['that is not valid yet', await sign({ nbf: seconds + 3_600 })],
    ['for another audience', await sign({ aud: 'somebody else' })],
    ['of another issuer', await sign({ iss: 'somebody else' })],
    ['of another type', await sign({}, { typ: 'refresh+jwt' })],
    ['without its person', await sign({ sub: undefined })],
    ['of a person that does not exist', await sign({ sub: '0198c0de-0000-7000-8000-000000000001' })],
    ['of a session that does not exist', await sign({ sid: '0198c0de-0000-7000-8000-000000000001' })],
    ['whose claims were edited', `${head}.${encode({ ...claims, role: 'admin' })}.${signature}`],
    ['cut short', token.slice(0, -4)],
    ['without its signature', `${head}.${payload}.`],
    ['with an unknown critical header', `${encode({ ...header, crit: ['x'], x: 1 })}.${payload}.${signature}`],
  ];
}
