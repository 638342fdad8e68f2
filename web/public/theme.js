// Runs before the first paint, so that the page never shows the wrong theme first.
const dark = matchMedia('(prefers-color-scheme: dark)');
const show = () => {
  const chosen = localStorage.getItem('vivavoce.theme');
  const isChosen = chosen === 'light' || chosen === 'dark';
  document.documentElement.dataset.theme = isChosen ? chosen : dark.matches ? 'dark' : 'light';
};
show();
dark.addEventListener('change', show);
addEventListener('vivavoce:theme', show);
