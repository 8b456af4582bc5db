import site from '$lib/content/site.server';
import { openScenario } from '$lib/incident';
import { mountedSections } from '$lib/profile';
import { layoutTopology, summaryOf } from '$lib/topology';
import { formatLatency, formatRate, formatRatio } from '$lib/ui';
import { relatedTo } from './related';

/** The page, section by section. */
export function load() {
	return {
		site: { ...site, figures: [], scenarios: site.scenarios.map(({ slug }) => ({ slug })) },
		mounted: mountedSections(site),
		layout: layoutTopology(site.topology),
		caption: summaryOf(site.topology),
		related: relatedTo(site),
		onShow: outageOnShow()
	};
}

/** The outage the landing page shows, as its round opens: the log volume spike where there is one. */
function outageOnShow() {
	const scenario = site.scenarios.find(({ number }) => number === 32) ?? site.scenarios[0];
	if (!scenario) return undefined;
	const { opening } = openScenario(site.topology, scenario);
	return {
		slug: scenario.slug,
		title: `${scenario.number} ${scenario.title}`,
		page: scenario.page,
		gauges: `latency ${formatLatency(opening.meanMs)} (p95 ${formatLatency(opening.p95Ms)}), error rate ${formatRatio(opening.errorRatio)}, throughput ${formatRate(opening.throughput)}`
	};
}
