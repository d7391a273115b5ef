// First: uPlot reads the language as it loads.
import './soundLanguage';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatQuantity } from '../formatQuantity';
import { withMinus } from '../withMinus';
import { formatTick, logRange, logTicks, powersOfTwo } from './axis';
import { alignedData, type PlotSeries } from './series';

export interface PlotOptions {
  /** In powers of two. */
  logX?: boolean;
  /** In powers of ten. */
  logY?: boolean;
  /** Name of x in the reading. */
  xLabel?: string | undefined;
  /** Plots with the same name share their cursor. */
  cursorName?: string | undefined;
  /** Hears what the curves are at the cursor, in place of the reading in the plot. */
  onRead?: ((reading: Reading | null) => void) | undefined;
}

/** The x under the pointer, and what each curve is there; undefined where it has no value. */
export interface Reading {
  x: number;
  values: (number | undefined)[];
}

/** A uPlot in the colours of the theme, as large as its box, with a marker and a reading under the pointer. */
export class Plot {
  readonly #plot: uPlot;
  readonly #box: HTMLElement;
  readonly #marker = element('line-plot__marker');
  readonly #reading = element('line-plot__reading');
  readonly #observer = new ResizeObserver(() => this.#plot.setSize(sizeOf(this.#box)));
  #series: readonly PlotSeries[];
  #xLabel: string | undefined;
  #onRead: PlotOptions['onRead'];
  #markerAt: number | null = null;

  constructor(box: HTMLElement, series: readonly PlotSeries[], options: PlotOptions = {}) {
    this.#box = box;
    this.#xLabel = options.xLabel;
    this.#onRead = options.onRead;
    this.#series = series;
    this.#plot = new uPlot(this.#options(series, options), alignedData(series), box);
    this.#plot.over.append(this.#marker, this.#reading);
    this.#placeMarker();
    this.#observer.observe(box);
  }

  /** Draws other values of the same curves. */
  setSeries(series: readonly PlotSeries[]): void {
    if (series === this.#series) return;
    this.#series = series;
    this.#plot.setData(alignedData(series));
  }

  /** Moves the upright line to an x, or (null) takes it away; nothing is drawn anew. */
  setMarker(x: number | null): void {
    this.#markerAt = x;
    this.#placeMarker();
  }

  /** Draws again in the colours of now. */
  recolour(): void {
    this.#plot.redraw(false, true);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#plot.destroy();
  }

  #options(series: readonly PlotSeries[], options: PlotOptions): uPlot.Options {
    const { logX = false, logY = false, cursorName } = options;
    const color = (token: string) => () => getComputedStyle(this.#box).getPropertyValue(token);
    const axis = (space: number): uPlot.Axis => ({
      font: `11px ${getComputedStyle(this.#box).fontFamily}`,
      stroke: color('--text-quiet'),
      grid: { stroke: color('--plot-grid'), width: 1 },
      ticks: { show: false },
      gap: 4,
      space,
      values: (_, splits) => splits.map((split) => (split === null ? '' : formatTick(split))),
    });
    return {
      ...sizeOf(this.#box),
      padding: [8, 18, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false, setScale: false },
        points: { size: 7 },
        ...(cursorName !== undefined && { sync: { key: cursorName } }),
      },
      scales: {
        x: logX
          ? { time: false, distr: 3, log: 2, range: (_, min, max) => logRange(min ?? 0, max ?? 0) }
          : { time: false, range: (_, min, max) => rangeOfX(min, max) },
        y: logY
          ? { distr: 3, range: (_, min, max) => logRange(min ?? 0, max ?? 0) }
          : { range: (_, min, max) => linearRange(min, max) },
      },
      axes: [
        { ...axis(56), size: 22, ...(logX && { splits: (_, __, min, max) => powersOfTwo(min, max) }) },
        {
          ...axis(26),
          size: (plot, values) => widest(plot, values) + 8,
          ...(logY && {
            splits: ({ height }, _, min, max) => logTicks(min, max, fitting(height)),
            filter: (_, splits) => splits,
          }),
        },
      ],
      series: [
        {},
        ...series.map(({ label, colorToken, faint = false, dash = [] }) => ({
          label,
          stroke: color(colorToken),
          dash: [...dash],
          width: faint ? 1 : 2,
          alpha: faint ? 0.35 : 1,
          spanGaps: true,
          points: { show: false },
        })),
      ],
      hooks: { setCursor: [() => this.#read()], draw: [() => this.#placeMarker()] },
    };
  }

  #placeMarker(): void {
    const x = this.#markerAt;
    this.#marker.hidden = x === null;
    if (x !== null) this.#marker.style.translate = `${this.#plot.valToPos(x, 'x')}px`;
  }

  /** Says what the curves are at the x under the pointer. */
  #read(): void {
    const reading = this.#readingNow();
    this.#onRead?.(reading);
    this.#reading.hidden = reading === null || this.#onRead !== undefined;
    if (reading === null || this.#onRead) return;
    const values = this.#series.map(({ label }, i) => {
      const value = reading.values[i];
      return value === undefined ? '' : `${label} ${formatQuantity(value)}`;
    });
    this.#reading.textContent = [this.#xLabel, `${withMinus(reading.x.toLocaleString('en'))}:`, ...values]
      .filter(Boolean)
      .join(' ');
    this.#reading.dataset.side =
      (this.#plot.cursor.left ?? 0) > this.#plot.over.clientWidth / 2 ? 'left' : 'right';
  }

  #readingNow(): Reading | null {
    const { idx } = this.#plot.cursor;
    const [xs, ...ys] = this.#plot.data;
    const x = idx === null || idx === undefined ? undefined : xs?.[idx];
    if (x === undefined) return null;
    return { x, values: ys.map((y) => y[idx as number] ?? undefined) };
  }
}

function element(className: string): HTMLDivElement {
  const made = document.createElement('div');
  made.className = className;
  made.hidden = true;
  return made;
}

/** Labels of the y axis for which a plot of this height has room. */
function fitting(height: number): number {
  return Math.max(3, Math.floor((height - 30) / 16));
}

/** In whole pixels, so that the canvas stays sharp. */
function sizeOf({ clientWidth, clientHeight }: HTMLElement): { width: number; height: number } {
  return { width: Math.max(clientWidth, 60), height: Math.max(clientHeight, 60) };
}

function rangeOfX(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 100];
  return min === max ? [min - 0.5, max + 0.5] : [min, max];
}

/** From 0, or from below it, to a little above the most. */
function linearRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null) return [0, 1];
  const room = (max - Math.min(min, 0)) * 0.05 || 1;
  return [min < 0 ? min - room : 0, max + room];
}

/** Width of the widest label, CSS pixels. */
function widest({ ctx }: uPlot, values: string[] | null): number {
  return Math.max(0, ...(values ?? []).map((text) => ctx.measureText(text).width / devicePixelRatio));
}
