export { default as Button } from './Button.svelte';
export { default as Gauge } from './Gauge.svelte';
export { default as ProseView } from './ProseView.svelte';
export { default as Section } from './Section.svelte';
export { default as Sparkline } from './Sparkline.svelte';
export { default as StatusDot } from './StatusDot.svelte';
export { formatCount, formatLatency, formatRate, formatRatio } from './figures';
export { healthOf, type Health } from './health';
export { sparklinePath } from './sparkline';
