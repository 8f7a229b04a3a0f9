// Bars of what a table beside them says in figures.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

interface Drawn { labels: string[]; series: { label: string; values: number[] }[]; locale: string }

/** Tones of the series in their order: open, expected, won, lost. */
const TONES = ["--accent-soft", "--accent", "--planned-dot", "--none"];

export function mount(root: HTMLElement): void {
  const canvas = root.querySelector("canvas");
  if (!canvas) return;
  const drawn = JSON.parse(root.dataset.chart ?? "{}") as Drawn;
  // A token may hold light and dark at once; only a colour that is used is one of them.
  const probe = root.appendChild(document.createElement("span"));
  const token = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const written = new Intl.NumberFormat(drawn.locale, { maximumFractionDigits: 0 });
  const grid = { color: token("--line") };
  const ticks = { color: token("--ink-3"), font: { family: "inherit", size: 11 } };
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: drawn.labels,
      datasets: drawn.series.map(({ label, values }, at) => ({ label, data: values, backgroundColor: token(TONES[at % TONES.length]!), borderRadius: 3, maxBarThickness: 22 })),
    },
    options: {
      maintainAspectRatio: false,
      animation: false,
      locale: drawn.locale,
      scales: {
        x: { grid: { display: false }, ticks },
        y: { beginAtZero: true, border: { display: false }, grid, ticks: { ...ticks, maxTicksLimit: 5, callback: (value) => written.format(Number(value)) } },
      },
      plugins: {
        legend: { position: "top", align: "end", labels: { boxWidth: 10, boxHeight: 10, color: token("--ink-2"), font: { size: 12 } } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${written.format(Number(item.raw))}` } },
      },
    },
  });
}
