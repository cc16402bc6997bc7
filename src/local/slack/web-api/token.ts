/** The app's one bot token. */
export type Token = {
  /** What is wrong with a token, in Slack's words; undefined when it is good. */
  readonly refuse: (token: string) => string | undefined;
  readonly revoke: () => void;
};

export function openToken(botToken: string): Token {
  let isRevoked = false;
  return {
    refuse: (token) => {
      if (token === '') return 'not_authed';
      if (token !== botToken) return 'invalid_auth';
      return isRevoked ? 'token_revoked' : undefined;
    },
    revoke: () => {
      isRevoked = true;
    },
  };
}
