// A score report as a table, with what could not be measured and why below it.

const COLUMNS = ['psnr', 'ssim', 'ms-ssim', 'lpips', 'pdl'];

export function sheet(report) {
  return [table(report), ...missing(report).map(reason => text('p', reason))];
}

function missing({ candidates }) {
  const reasons = candidates.flatMap(({ metrics }) => COLUMNS.filter(metric => metrics[metric]?.error)
      .map(metric => `${metric}: ${metrics[metric].error.detail ?? metrics[metric].error.title}`));
  return [...new Set(reasons)];
}

function table(report) {
  const rows = [...report.candidates].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const shown = COLUMNS.filter(metric => rows.some(row => row.metrics[metric]));
  const table = document.createElement('table');
  table.append(row('th', ['', ...shown.map(metric => label(metric, rows)), 'score']));
  for (const candidate of rows) {
    const cells = shown.map(metric => cell(metric, candidate, rows));
    const line = row('td', []);
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = candidate.name.replace(/\.[^.]*$/, '');
    line.append(name, ...cells, text('td', candidate.score == null ? '' : candidate.score.toFixed(3)));
    table.append(line);
  }
  return table;
}

function label(metric, rows) {
  const known = rows.map(row => row.metrics[metric]).find(result => result?.better);
  const name = known?.unit ? `${metric} (${known.unit})` : metric;
  return known ? `${name} ${known.better === 'higher' ? '↑' : '↓'}` : name;
}

function cell(metric, candidate, rows) {
  const value = number(candidate.metrics[metric]);
  if (value == null) {
    const none = text('td', '–');
    none.className = 'none';
    return none;
  }
  const made = text('td', value === Infinity ? '∞' : value.toPrecision(4));
  made.className = isBest(metric, candidate, rows) ? 'best' : '';
  return made;
}

function isBest(metric, candidate, rows) {
  const own = candidate.metrics[metric];
  const values = rows.map(row => number(row.metrics[metric])).filter(value => value != null);
  return number(own) === (own.better === 'higher' ? Math.max(...values) : Math.min(...values));
}

// JSON has no infinity.
function number(result) {
  return result?.infinite ? Infinity : result?.value;
}

function row(kind, texts) {
  const line = document.createElement('tr');
  line.append(...texts.map(content => text(kind, content)));
  return line;
}

function text(kind, content) {
  const element = document.createElement(kind);
  element.textContent = content;
  return element;
}
