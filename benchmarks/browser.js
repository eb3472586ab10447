// Whether a person can read the text "Lantern" in each frame, by what the browser has computed; null for yes, else why not.
const MARK = "Lantern";
const NEAR = 10; // so many steps of 255 between ink and ground that nobody can tell them apart
const FAR = 900; // so many pixels beside the screen that nobody scrolls there

function textOf(page) {
  const walker = page.createTreeWalker(page.documentElement, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); )
    if (node.data.includes(MARK) && !["SCRIPT", "STYLE"].includes(node.parentElement.tagName)) return node;
  return null;
}

function chainOf(element) {
  const chain = [];
  for (let at = element; at; at = at.parentElement) chain.push(at);
  return chain;
}

function rgba(colour) {
  const context = (rgba.context ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));

function groundOf(chain, styles) {
  const layers = [];
  for (const element of chain) {
    const style = styles.get(element);
    if (style.backgroundImage !== "none") return null;
    const own = rgba(style.backgroundColor);
    layers.push(own);
    if (own[3] === 1) break;
  }
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
}

function inkHides(chain, styles, element) {
  const style = styles.get(element);
  const isSvg = element.namespaceURI.endsWith("svg");
  const ink = rgba(isSvg ? style.fill : style.webkitTextFillColor);
  if (style.textShadow !== "none") return false;
  const ground = groundOf(chain, styles);
  if (ground === null) return false;
  const seen = over(ink, ground);
  return seen.every((value, i) => Math.abs(value - ground[i]) <= NEAR);
}

function rectOf(text) {
  const control = text.parentElement.closest("textarea, select");
  if (control) return control.getBoundingClientRect();
  const range = text.ownerDocument.createRange();
  const start = text.data.indexOf(MARK);
  range.setStart(text, start);
  range.setEnd(text, start + MARK.length);
  const { left, top, right, bottom } = range.getBoundingClientRect();
  return { left, top, right, bottom };
}

const cut = (one, other) => ({
  left: Math.max(one.left, other.left), top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right), bottom: Math.min(one.bottom, other.bottom),
});
const small = (rect) => rect.right - rect.left <= 2 || rect.bottom - rect.top <= 2;

function clipOf(element, style, box) {
  const numbers = (text) => (text.match(/-?[\d.]+(?:e-?\d+)?/g) || []).map(Number);
  if (["absolute", "fixed"].includes(style.position) && style.clip.startsWith("rect")) {
    const sides = style.clip.slice(5, -1).split(/[ ,]+/).map((side) => (side === "auto" ? null : parseFloat(side)));
    const [top, right, bottom, left] = sides;
    box = cut(box, {
      top: box.top + (top ?? 0), right: box.left + (right ?? 1e6), bottom: box.top + (bottom ?? 1e6), left: box.left + (left ?? 0),
    });
  }
  if (style.clipPath.startsWith("inset")) {
    const parts = style.clipPath.slice(6, -1).split(" round ")[0].trim().split(/\s+/);
    const [top, right = top, bottom = top, left = right] = parts;
    const share = (value, size) => (value.endsWith("%") ? (parseFloat(value) / 100) * size : parseFloat(value));
    const width = box.right - box.left, height = box.bottom - box.top;
    box = {
      top: box.top + share(top, height), bottom: box.bottom - share(bottom, height),
      left: box.left + share(left, width), right: box.right - share(right, width),
    };
  } else if (style.clipPath.startsWith("circle") && numbers(style.clipPath)[0] === 0) {
    box = { ...box, right: box.left };
  } else if (style.clipPath.startsWith("polygon") && numbers(style.clipPath).every((value) => value === 0)) {
    box = { ...box, right: box.left };
  }
  return box;
}

function clipped(text, chain, styles) {
  let rect = rectOf(text);
  if (small(rect)) return "size";
  let position = "static";
  for (const element of chain.slice(0, -1)) {
    const style = styles.get(element);
    const isBox = style.display !== "inline" && style.display !== "contents";
    const own = element.getBoundingClientRect();
    const box = { left: own.left, top: own.top, right: own.right, bottom: own.bottom };
    const holds = !(position === "absolute" && style.position === "static") && position !== "fixed";
    if (element.tagName !== "BODY" && isBox && holds && style.overflowX + style.overflowY !== "visiblevisible") {
      if (small(box)) return "clipped by an empty box";
      const scrolls = ["auto", "scroll"];
      const bounds = {
        left: box.left, right: scrolls.includes(style.overflowX) ? 1e6 : box.right,
        top: scrolls.includes(style.overflowY) ? -1e6 : box.top, bottom: scrolls.includes(style.overflowY) ? 1e6 : box.bottom,
      };
      rect = cut(rect, bounds);
    }
    if (isBox && (style.clip !== "auto" || style.clipPath !== "none")) rect = cut(rect, clipOf(element, style, box));
    if (small(rect)) return "clipped";
    if (isBox && style.position !== "static") position = style.position === "relative" || style.position === "sticky" ? "static" : style.position;
  }
  return placed(rect, text.ownerDocument, chain, styles);
}

function placed(rect, page, chain, styles) {
  const view = page.defaultView;
  if (rect.right + view.scrollX <= 0 || rect.bottom + view.scrollY <= 0) return "off-screen";
  if (rect.left + view.scrollX >= view.innerWidth + FAR) return "off-screen";
  const isFixed = chain.some((element) => styles.get(element).position === "fixed");
  if (isFixed && (rect.top >= view.innerHeight || rect.left >= view.innerWidth)) return "off-screen";
  return null;
}

function covered(text, element, chain, styles) {
  element.scrollIntoView({ block: "center" });
  const rect = rectOf(text);
  const x = (rect.left + rect.right) / 2, y = (rect.top + rect.bottom) / 2;
  const view = element.ownerDocument.defaultView;
  for (const hit of element.ownerDocument.elementsFromPoint(x, y)) {
    if (element.contains(hit) || hit.tagName === "HTML") return null;
    // The ground of the body is that of the whole page, below everything, unless the root has one of its own.
    if (hit.tagName === "BODY" && rgba(view.getComputedStyle(hit.parentElement).backgroundColor)[3] < 1) return null;
    const behind = chain.slice(0, Math.max(chain.indexOf(hit), 0)).some((one) => styles.get(one).zIndex < 0);
    if (hit.contains(element) && !behind) return null;
    if (rgba(view.getComputedStyle(hit).backgroundColor)[3] === 1) return "covered";
  }
  return null;
}

function judge(page) {
  const text = textOf(page);
  if (!text) return "not in the document";
  const element = text.parentElement;
  const view = page.defaultView;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return "checkVisibility";
  const chain = chainOf(element);
  const styles = new Map(chain.map((one) => [one, view.getComputedStyle(one)]));
  if (chain.some((one) => styles.get(one).contentVisibility === "hidden")) return "content-visibility";
  if (!element.closest("textarea, select") && !text.parentElement.getClientRects().length && styles.get(element).display !== "contents") return "no box";
  const faint = chain.reduce((share, one) => {
    const filter = styles.get(one).filter.match(/opacity\(([\d.]+)(%?)\)/);
    return share * styles.get(one).opacity * (filter ? filter[1] / (filter[2] ? 100 : 1) : 1);
  }, 1);
  if (faint < 0.05) return "opacity";
  if (parseFloat(styles.get(element).fontSize) < 2) return "font-size";
  const box = clipped(text, chain, styles);
  if (box) return box;
  if (inkHides(chain, styles, element)) return "colour";
  return covered(text, element, chain, styles);
}

addEventListener("load", () => {
  const verdicts = {};
  for (const frame of document.querySelectorAll("iframe")) {
    try {
      verdicts[frame.name] = judge(frame.contentDocument);
    } catch (error) {
      verdicts[frame.name] = "error: " + error;
    }
  }
  const out = document.createElement("pre");
  out.id = "verdicts";
  out.textContent = JSON.stringify(verdicts);
  document.body.replaceChildren(out);
});
