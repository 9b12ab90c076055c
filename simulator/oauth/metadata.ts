import { authReply, type Reply } from '../http/reply.ts';
import { everyScope } from './scopes.ts';

/** GET /.well-known/oauth-authorization-server (§1.1, RFC 8414), for the host it was asked on. */
export const answerMetadata = (origin: string): Reply =>
  authReply(200, {
    issuer: origin,
    authorization_endpoint: `${origin}/service/auth/oauth/authorize`,
    token_endpoint: `${origin}/service/auth/oauth/token`,
    revocation_endpoint: `${origin}/service/auth/oauth/revoke`,
    introspection_endpoint: `${origin}/service/auth/oauth/introspect`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: everyScope,
  });
