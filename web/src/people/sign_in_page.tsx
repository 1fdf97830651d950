// Signing in: an account and a password, both of which browsers may fill in and people may paste, or an account of
// the identity provider that the server trusts.
import { useId, useState, type SyntheticEvent } from "react";

import { ApiError } from "../api/client";
import { Failure } from "../parts/page_state";
import { Page } from "../shell/page";
import { useSpeech } from "../text/language";
import { useSession, useSignIn } from "./session";

export function SignInPage() {
  const { t } = useSpeech();
  const id = useId();
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const provider = useSession().data?.provider ?? null;
  const status = signIn.error instanceof ApiError ? signIn.error.status : 0;
  const words = status === 401 ? t.signIn.wrong : status === 429 ? t.signIn.locked : null;

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (account !== "" && password !== "" && !signIn.isPending) signIn.mutate({ account, password });
  };

  return (
    <Page title={t.signIn.title}>
      <form className="card" onSubmit={submit} noValidate>
        <label className="field" htmlFor={`${id}-account`}>
          <span>{t.signIn.account}</span>
          <input
            id={`${id}-account`}
            value={account}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setAccount(event.target.value)}
          />
        </label>
        <label className="field" htmlFor={`${id}-password`}>
          <span>{t.signIn.password}</span>
          <input
            id={`${id}-password`}
            type="password"
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <p>
          <button type="submit" className="button button-main" aria-disabled={signIn.isPending}>
            {signIn.isPending ? t.signIn.waiting : t.signIn.enter}
          </button>
        </p>
        {words !== null && (
          <p className="field-error" role="alert">
            {words}
          </p>
        )}
        {signIn.isError && words === null && <Failure error={signIn.error} />}
        <p className="muted">{t.signIn.help}</p>
      </form>
      {provider !== null && (
        // Not a route of the app: the server sends the browser on to the provider.
        <p>
          <a className="button" href={provider.path}>
            {t.signIn.withProvider(provider.name)}
          </a>
        </p>
      )}
    </Page>
  );
}
