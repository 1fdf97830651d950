import { describe, expect, it } from "vitest";

import { en } from "./en";
import { clockTime, fileStamp, percent, when } from "./format";
import { firstLanguage } from "./language";
import { zhCN } from "./zh_cn";

function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(strings);
}

describe("catalogues", () => {
  it("say the same things in both languages", () => {
    expect(leaves(zhCN)).toEqual(leaves(en));
  });

  it("leave nothing empty", () => {
    expect([...strings(en), ...strings(zhCN)].filter((sentence) => sentence.trim() === "")).toEqual([]);
  });

  it("leave no English sentence in the Chinese catalogue", () => {
    const english = strings(zhCN).filter((sentence) => !/[\u4e00-\u9fff]/.test(sentence));
    expect(english).toEqual(["Meno", "55–69%", "70–84%"]);
  });
});

describe("firstLanguage", () => {
  it("is the remembered one, else the browser's, else English", () => {
    expect(firstLanguage(["zh-TW", "en"])).toBe("zh-CN");
    expect(firstLanguage(["fr"])).toBe("en");
    localStorage.setItem("meno.language", "zh-CN");
    expect(firstLanguage(["en"])).toBe("zh-CN");
    localStorage.setItem("meno.language", "tlh");
    expect(firstLanguage(["en"])).toBe("en");
  });
});

describe("percent", () => {
  it.each([
    [0.634, "63%"],
    [0.001, "1%"],
    [0.999, "99%"],
    [0, "0%"],
    [1, "100%"],
  ])("writes %f as %s", (p, words) => {
    expect(percent(p)).toBe(words);
  });
});

describe("when", () => {
  const now = new Date("2026-03-10T12:00:00.000Z");
  it.each([
    ["2026-03-10T11:59:30.000Z", "this minute", "此刻|现在|这一分钟|此分钟"],
    ["2026-03-10T11:55:00.000Z", "5 minutes ago", "5分钟前"],
    ["2026-03-10T10:00:00.000Z", "2 hours ago", "2小时前"],
    ["2026-03-09T11:00:00.000Z", "yesterday", "昨天"],
  ])("says %s as %s", (iso, english, chinese) => {
    expect(when(iso, now, "en")).toBe(english);
    expect(when(iso, now, "zh-CN")).toMatch(new RegExp(`^(?:${chinese})$`));
  });

  it("gives a date when it is long ago, and bad times back as they are", () => {
    expect(when("2025-01-02T12:00:00.000Z", now, "en")).toContain("2025");
    expect(when("never", now, "en")).toBe("never");
  });
});

describe("times", () => {
  it("stamp file names in local time", () => {
    expect(fileStamp(new Date(2026, 10, 3, 4, 5, 6))).toBe("20261103-040506");
  });
  it("show the clock", () => {
    expect(clockTime(new Date(2026, 10, 3, 14, 5, 6), "zh-CN")).toBe("14:05:06");
  });
});
