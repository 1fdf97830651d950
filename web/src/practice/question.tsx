// One question: its text, the hint ladder, and a way to answer. Keys work only while the focus is inside
// (WCAG 2.1.4), and the question takes the focus when it appears.
import { useEffect, useId, useRef, useState, type SyntheticEvent } from "react";

import type { Content, Item } from "../api/types";
import { MathText } from "../parts/math_text";
import { useSpeech } from "../text/language";
import { plainNumber } from "./typed_number";
import type { Given } from "./use_practice";

interface Props {
  item: Item;
  skillNames: string[];
  locked: boolean;
  chosen: string | null;
  refusal: string | null;
  answer: (given: Given) => void;
}

function HintLadder({ content, shown, show }: { content: Content; shown: number; show: () => void }) {
  const { t, say } = useSpeech();
  if (content.hints.length === 0) return null;
  return (
    <div className="hints">
      <ol className="hint-list" aria-live="polite">
        {content.hints.slice(0, shown).map((hint, i) => (
          <li key={i} className="hint">
            <strong>{t.practice.hint(i + 1)}</strong>{" "}
            <MathText text={say(hint)} math={content.math} />
          </li>
        ))}
      </ol>
      {shown < content.hints.length ? (
        <button type="button" className="button button-quiet" onClick={show}>
          {t.practice.showHint(shown, content.hints.length)}
        </button>
      ) : (
        <p className="muted">{t.practice.noMoreHints}</p>
      )}
    </div>
  );
}

interface EntryProps {
  content: Content;
  value: string;
  locked: boolean;
  change: (value: string) => void;
}

function Choices({ content, value, locked, change }: EntryProps) {
  const { t, say } = useSpeech();
  return (
    <fieldset className="answers" disabled={locked}>
      <legend className="muted">{t.practice.chooseOne}</legend>
      {content.choices?.map((choice, i) => (
        <label key={choice.id} className="choice answer-choice">
          <input
            type="radio"
            name="answer"
            value={choice.id}
            checked={value === choice.id}
            onChange={() => change(choice.id)}
          />
          <span className="key" aria-hidden="true">
            {i + 1}
          </span>
          <MathText text={say(choice.text)} math={content.math} />
        </label>
      ))}
    </fieldset>
  );
}

function NumberEntry({ value, locked, change }: EntryProps) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="answers">
      <label htmlFor={id} className="muted">
        {t.practice.yourAnswer}
      </label>
      <input
        id={id}
        className="big-input"
        // A text field: number fields refuse fractions and swallow what they do not understand.
        type="text"
        inputMode="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        readOnly={locked}
        aria-describedby={`${id}-help`}
        onChange={(event) => change(event.target.value)}
      />
      <p id={`${id}-help`} className="muted small">
        {t.practice.numberHelp}
      </p>
    </div>
  );
}

/** Digits choose and Enter checks, from wherever in the form the focus is. */
function useAnswerKeys(form: React.RefObject<HTMLFormElement | null>, choose: (index: number) => void) {
  const latest = useRef(choose);
  useEffect(() => {
    latest.current = choose;
  });
  useEffect(() => {
    const place = form.current;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const target = event.target as HTMLElement;
      const typing = target instanceof HTMLInputElement && target.type === "text";
      if (!typing && /^[1-9]$/.test(event.key)) latest.current(Number(event.key) - 1);
      if (event.key === "Enter" && target.tabIndex === -1) place?.requestSubmit();
    };
    place?.addEventListener("keydown", press);
    return () => place?.removeEventListener("keydown", press);
  }, [form]);
}

function ContentQuestion({ content, item, skillNames, locked, chosen, refusal, answer }: Props & { content: Content }) {
  const { t, say } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [value, setValue] = useState(chosen ?? "");
  const [hints, setHints] = useState(0);
  const [missing, setMissing] = useState(false);
  const isChoice = content.answer_kind === "choice";

  useEffect(() => {
    const input = form.current?.querySelector<HTMLInputElement>("input.big-input");
    (input ?? heading.current)?.focus();
  }, [item.id, item.variant]);

  const change = (next: string) => {
    setValue(next);
    setMissing(false);
  };
  useAnswerKeys(form, (index) => {
    const choice = content.choices?.[index];
    if (choice && !locked) change(choice.id);
  });

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (locked) return;
    const response = isChoice ? value : plainNumber(value);
    if (response === "") setMissing(true);
    else answer({ response, hintsUsed: hints });
  };

  const Entry = isChoice ? Choices : NumberEntry;
  return (
    <form ref={form} className="card question" onSubmit={submit} noValidate>
      <p className="skill-line">{skillNames.join(" · ")}</p>
      <h2 ref={heading} className="prompt" tabIndex={-1}>
        <MathText text={say(content.prompt)} math={content.math} />
      </h2>
      <Entry content={content} value={value} locked={locked} change={change} />
      {(missing || refusal !== null) && (
        <p className="field-error" role="alert">
          {missing ? t.practice.answerFirst : isChoice ? t.refused(refusal ?? "") : t.practice.unreadable}
        </p>
      )}
      {!locked && (
        <div className="actions">
          <button type="submit" className="button button-main button-big">
            {t.practice.check}
          </button>
          <span className="muted small keys-help">
            {isChoice ? t.practice.keysChoice : t.practice.keysNumber}
          </span>
        </div>
      )}
      <HintLadder content={content} shown={hints} show={() => setHints(hints + 1)} />
    </form>
  );
}

/** An imported item without text: the student works on it elsewhere and says how it went. */
function NamedQuestion({ item, skillNames, locked, refusal, answer }: Props) {
  const { t, say } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [item.id]);
  return (
    <section className="card question">
      <p className="skill-line">{skillNames.join(" · ")}</p>
      <h2 ref={heading} className="prompt" tabIndex={-1}>
        {t.practice.itemName(say(item.title))}
      </h2>
      <p>{t.practice.noContentIntro}</p>
      {refusal !== null && (
        <p className="field-error" role="alert">
          {t.refused(refusal)}
        </p>
      )}
      <h3>{t.practice.noContentAsk}</h3>
      <div className="actions">
        <button
          type="button"
          className="button button-big"
          disabled={locked}
          onClick={() => answer({ correct: true, hintsUsed: 0 })}
        >
          {t.practice.wentRightButton}
        </button>
        <button
          type="button"
          className="button button-big"
          disabled={locked}
          onClick={() => answer({ correct: false, hintsUsed: 0 })}
        >
          {t.practice.wentWrongButton}
        </button>
      </div>
    </section>
  );
}

export function Question(props: Props) {
  const { content } = props.item;
  return content === null ? <NamedQuestion {...props} /> : <ContentQuestion {...props} content={content} />;
}
