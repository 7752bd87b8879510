import type { LocalDate } from '../../orders/time.js';

export interface ChartDay {
  readonly date: LocalDate;
  readonly count: number;
  /** What it says when pointed at. */
  readonly title: string;
}

const BAR = 10;
const GAP = 2;
const HEIGHT = 100;

/** Bars, one a day. Without words of its own: it is stretched to the width that there is. */
export function Chart({
  days,
  label,
}: {
  readonly days: readonly ChartDay[];
  readonly label: string;
}) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const width = days.length * (BAR + GAP) - GAP;
  return (
    <figure class="sheet figure">
      <svg
        class="chart"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {days.map(({ date, count, title }, index) => {
          const height = count === 0 ? 1 : Math.max(2, (count / most) * HEIGHT);
          return (
            <rect
              key={date}
              class={count === 0 ? 'none' : 'bar'}
              x={index * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            >
              <title>{title}</title>
            </rect>
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
