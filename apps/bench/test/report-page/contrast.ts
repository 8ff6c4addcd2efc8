import type { Page } from 'playwright-core';

export interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

/** The contrast (WCAG 2) of each visible piece of text, in SVG too, with the nearest ground behind it that is painted. */
export async function contrastsOf(page: Page): Promise<Contrast[]> {
  return await page.evaluate(() => {
    type Colour = [red: number, green: number, blue: number, alpha: number];
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- all of it runs in the page
    const parse = (css: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
      return [red, green, blue, alpha];
    };
    const luminance = ([red, green, blue]: Colour): number => {
      const [r, g, b] = [red, green, blue].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const ground = (element: Element): Colour => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour[3] > 0) return colour;
      }
      return [255, 255, 255, 1];
    };
    const contrasts: Contrast[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (
        element === null ||
        text === '' ||
        !element.checkVisibility() ||
        element.closest('script, style, title') !== null
      )
        continue;
      const style = getComputedStyle(element);
      const [red, green, blue, alpha] = parse(element instanceof SVGElement ? style.fill : style.color);
      const behind = ground(element);
      const mixed = [red, green, blue].map((value, index) => value * alpha + behind[index]! * (1 - alpha));
      const [one, other] = [luminance([mixed[0]!, mixed[1]!, mixed[2]!, 1]), luminance(behind)];
      contrasts.push({ text, ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) });
    }
    return contrasts;
  });
}
