// Who is signed in. A server that is open asks nobody, and the pages then work as on a shared device.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api } from "../api/client";
import type { Session } from "../api/types";

const kKey = ["session"] as const;

export const useSession = () => useQuery({ queryKey: kKey, queryFn: api.session, staleTime: 60_000 });

/** True once it is known that the server asks who comes and nobody has signed in. */
export function mustSignIn(session: Session | undefined): boolean {
  return session?.mode === "accounts" && session.account_id === null;
}

/** Whether the pages of a class are for whoever is here. */
export function mayTeach(session: Session | undefined): boolean {
  return session !== undefined && (session.mode === "open" || session.role !== "student");
}

/** Signing in or out changes what every page may show, so all that was read is forgotten. */
function useFresh() {
  const queries = useQueryClient();
  return (session: Session) => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== kKey[0] });
    queries.setQueryData(kKey, session);
  };
}

export const useSignIn = () => {
  const begin = useFresh();
  return useMutation({
    mutationFn: ({ account, password }: { account: string; password: string }) =>
      api.signIn(account, password),
    onSuccess: begin,
  });
};

export const useSignOut = () => {
  const begin = useFresh();
  return useMutation({ mutationFn: api.signOut, onSuccess: begin });
};
