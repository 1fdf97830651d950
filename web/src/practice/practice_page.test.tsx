import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderPage } from "../testing/render";
import { kExplanation, recommendation, refusal, replyTo, serveSchool, text, type Answering } from "../testing/school";
import PracticePage from "./practice_page";

const kNext = recommendation("3+4");
const grade: Answering = (answer) => replyTo(answer, kNext);

async function open(answering: Answering = grade, first = recommendation("2+3"), language: "en" | "zh-CN" = "en") {
  const server = serveSchool([first, recommendation("5+6")], answering);
  const user = userEvent.setup();
  renderPage(<PracticePage courseId="school-math" studentId="s1" />, language);
  await screen.findByRole("button", { name: first.item.content === null ? /Yes, it was right/ : /^(Check|提交)$/ });
  return { server, user };
}

describe("PracticePage", () => {
  it("is usable with keys alone: a digit chooses, Enter checks, Enter goes on", async () => {
    const { server, user } = await open();
    await user.keyboard("1{Enter}");
    expect(await screen.findByText("Right!")).toBeTruthy();
    expect(server.answers[0]).toMatchObject({ item_id: "2+3", variant: 1, response: "a", hints_used: 0 });
    await user.keyboard("{Enter}");
    expect(await screen.findByText("What is 3+4?")).toBeTruthy();
  });

  it("explains a wrong answer: right answer, worked solution, named misconception and advice", async () => {
    const { user } = await open();
    await user.click(screen.getByLabelText(/six/));
    await user.click(screen.getByRole("button", { name: "Check" }));
    await screen.findByText("Not yet.");
    expect(screen.getByText("Two and three are five.")).toBeTruthy();
    expect(screen.getByText("Counts the start as well")).toBeTruthy();
    expect(screen.getByText(/Begin after the first number/)).toBeTruthy();
  });

  it("shows the skill before and after, each with its band", async () => {
    const { user } = await open();
    await user.keyboard("1{Enter}");
    await screen.findByText("Right!");
    expect(screen.getByRole("img", { name: "Adding, before: 62% (likely 50%–74%)" })).toBeTruthy();
    expect(screen.getByRole("img", { name: "Adding, after: 70% (likely 60%–80%)" })).toBeTruthy();
  });

  it("says why: reason, estimate with evidence, past attempts by name, counterfactual and model", async () => {
    await open();
    const why = await screen.findByRole("complementary", { name: "Why this one?" });
    expect(why.textContent).toContain("Within your reach.");
    expect(why.textContent).toContain("62% (likely 50%–74%)");
    expect(why.textContent).toContain("from 4 answers on this skill");
    await waitFor(() => expect(why.textContent).toContain("One and one"));
    expect(why.textContent).toContain("Two right answers would move you on.");
    expect(why.textContent).toContain("evidence, trained on data 0123456789ab");
  });

  it("says that there is not enough evidence instead of a bare first guess", async () => {
    const first = recommendation("2+3");
    first.reason.code = "explore_not_enough_evidence";
    await open(grade, first);
    const why = await screen.findByRole("complementary", { name: "Why this one?" });
    expect(why.textContent).toContain("Not enough evidence yet. First guess: 62% (likely 50%–74%)");
    expect(why.querySelector(".bar-unknown")).not.toBeNull();
  });

  it("says what the chance is made of and what an answer would change, once asked", async () => {
    const server = serveSchool([recommendation("2+3")], grade, {
      more: { "/v1/students/s1/explanations": kExplanation },
    });
    const user = userEvent.setup();
    renderPage(<PracticePage courseId="school-math" studentId="s1" />);
    const summary = await screen.findByText("What the chance is made of");
    expect(server.fetched.mock.calls.some(([path]) => path.includes("explanations"))).toBe(false);
    await user.click(summary);
    const right = await screen.findByText("Right answers on this skill");
    expect(right.parentElement?.textContent).toContain("+0.80 for");
    expect(screen.getByText("Wrong answers on this skill").parentElement?.textContent).toContain("−0.30 against");
    expect(screen.queryByText("Nothing worth a bar")).toBeNull();
    expect(screen.getByText("Adding: 62% → 70%")).toBeTruthy();
    expect(screen.getAllByText("Next would be: Sum 3+4").length).toBe(2);
  });

  it("gives hints one at a time and reports how many were used", async () => {
    const { server, user } = await open();
    expect(screen.queryByText("Count on.")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show a hint (2 available)" }));
    expect(screen.getByText("Count on.")).toBeTruthy();
    expect(screen.queryByText("Use your fingers.")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show another hint (1 of 2 shown)" }));
    expect(screen.getByText("No more hints")).toBeTruthy();
    await user.click(screen.getByLabelText(/five/));
    await user.click(screen.getByRole("button", { name: "Check" }));
    await waitFor(() => expect(server.answers[0]?.hints_used).toBe(2));
  });

  it("does not send an empty answer", async () => {
    const { server, user } = await open();
    await user.click(screen.getByRole("button", { name: "Check" }));
    expect(screen.getByRole("alert").textContent).toBe("Enter an answer first.");
    expect(server.answers).toEqual([]);
  });

  it("lets the student try again when the answer could not be read as a number", async () => {
    const question = recommendation("2+3");
    if (question.item.content) Object.assign(question.item.content, { answer_kind: "number", choices: null });
    const { server, user } = await open(
      (answer) => (answer.response === "five" ? refusal(400, "no number") : replyTo(answer, kNext)),
      question,
    );
    await user.type(screen.getByLabelText("Your answer"), "five{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("could not be read");
    await user.clear(screen.getByLabelText("Your answer"));
    await user.type(screen.getByLabelText("Your answer"), "５{Enter}");
    await screen.findByText("Not yet.");
    expect(server.answers.map((answer) => answer.response)).toEqual(["five", "5"]);
    expect(server.answers[0]?.event_id).not.toBe(server.answers[1]?.event_id);
  });

  it("keeps an answer when the network is lost, goes on, and sends it under the same id", async () => {
    let reachable = false;
    const { server, user } = await open((answer) => (reachable ? replyTo(answer, kNext) : new TypeError("offline")));
    await user.keyboard("1{Enter}");
    expect(await screen.findByText("Kept for later")).toBeTruthy();
    expect(screen.getByText(/1 answer is kept on this device/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Next question" }));
    expect(await screen.findByText("What is 5+6?")).toBeTruthy();

    reachable = true;
    await user.click(screen.getByRole("button", { name: "Send now" }));
    await waitFor(() => expect(screen.queryByText(/kept on this device/)).toBeNull());
    expect(server.answers[1]).toEqual(server.answers[0]);
    expect(screen.getByText("This session: 1 answered, 1 right")).toBeTruthy();
  });

  it("asks whether it went right when the item has no text", async () => {
    const { server, user } = await open(grade, recommendation("P-17", { content: null }));
    expect(screen.getByText("Did it go right?")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "No, not yet" }));
    await screen.findByText("Noted as not right yet. Thank you.");
    expect(server.answers[0]).toMatchObject({ item_id: "P-17", correct: false });
    expect(server.answers[0]).not.toHaveProperty("response");
  });

  it("speaks Chinese throughout when asked to", async () => {
    const { user } = await open(grade, recommendation("2+3"), "zh-CN");
    expect(screen.getByText("2+3 等于几？")).toBeTruthy();
    await user.keyboard("2{Enter}");
    await screen.findByText("还不对。");
    expect(screen.getByText("把起点也数了")).toBeTruthy();
  });

  it("refuses to practise as a simulated classmate", async () => {
    serveSchool([recommendation("2+3")], grade);
    renderPage(<PracticePage courseId="school-math" studentId="c1" />);
    expect(await screen.findByText(/nobody can practise in this name/)).toBeTruthy();
  });

  it("swaps a question, says so, and shows what comes instead", async () => {
    const { server, user } = await open();
    await user.click(screen.getByRole("button", { name: "Another one" }));
    expect(await screen.findByText("What is 9+9?")).toBeTruthy();
    expect(server.said[0]).toMatchObject({ item_id: "2+3", kind: "swap", student_id: "s1" });
    expect(screen.getByText("Here is another one.")).toBeTruthy();
    expect(server.answers).toEqual([]);
  });

  it("takes each of the four things a student may say, in Chinese too, and none while an answer is shown", async () => {
    const { server, user } = await open(grade, recommendation("2+3"), "zh-CN");
    for (const name of ["太难", "太简单", "暂时不做", "换一题"]) await user.click(screen.getByRole("button", { name }));
    await waitFor(() => expect(server.said.map((each) => each.kind)).toEqual(["too_hard", "too_easy", "dismiss", "swap"]));
    await user.click(screen.getByLabelText(/五/));
    await user.click(screen.getByRole("button", { name: "提交" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "换一题" }).hasAttribute("disabled")).toBe(true));
  });

  it("shows what another difficulty would bring before it is set, and takes it back", async () => {
    const { server, user } = await open();
    const slider = await screen.findByRole("slider", { name: "Aim for about 78 in 100 right" });
    expect(screen.queryByRole("button", { name: "Use this" })).toBeNull();
    fireEvent.change(slider, { target: { value: "60" } });
    expect(await screen.findByText(/Next would be: Sum 2\+3 \(about 70% likely/)).toBeTruthy();
    expect(server.fetched.mock.calls.some(([path]) => path.includes("count=1&target=60"))).toBe(true);
    expect(server.targets).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Use this" }));
    await user.click(await screen.findByRole("button", { name: "Back to the usual" }));
    await waitFor(() => expect(server.targets).toEqual([0.6, null]));
  });
});

describe("MathText in a question", () => {
  it("sets formulas once KaTeX is there", async () => {
    const question = recommendation("2+3");
    if (question.item.content) {
      Object.assign(question.item.content, { prompt: text("Work out $\\frac{1}{2}$.", "x"), math: true });
    }
    await open(grade, question);
    await waitFor(() => expect(document.querySelector(".katex .mfrac")).not.toBeNull());
  });
});
