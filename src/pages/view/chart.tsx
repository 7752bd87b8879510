import type { LocalDate } from '../../orders/time.js';

export interface ChartDay {
  readonly date: LocalDate;
  readonly value: number;
  /** A part of it, drawn over it. */
  readonly part?: number;
  /** What it says when pointed at. */
  readonly title: string;
}

const BAR = 10;
const GAP = 2;
const HEIGHT = 100;

/**
 * Bars, one a day. Without words of its own, since it is stretched to the width that there is: a table
 * with the same figures stands beside it.
 */
export function Chart({
  days,
  label,
}: {
  readonly days: readonly ChartDay[];
  readonly label: string;
}) {
  const most = Math.max(1, ...days.map(({ value }) => value));
  const width = days.length * (BAR + GAP) - GAP;
  const heightOf = (value: number) => (value === 0 ? 1 : Math.max(2, (value / most) * HEIGHT));
  return (
    <figure class="sheet figure">
      <svg
        class="chart"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {days.map(({ date, value, part, title }, index) => {
          const bar = (height: number, name: string) => (
            <rect
              class={name}
              x={index * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            />
          );
          return (
            <g key={date}>
              <title>{title}</title>
              {bar(heightOf(value), value === 0 ? 'none' : part === undefined ? 'bar' : 'whole')}
              {part !== undefined && value > 0 && bar(heightOf(part), 'bar')}
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span>{days[0]?.date}</span>
        <span>{label}</span>
        <span>{days.at(-1)?.date}</span>
      </figcaption>
    </figure>
  );
}
