export { default as DecisionList } from './DecisionList.svelte';
export { default as DecisionRecord } from './DecisionRecord.svelte';
export { default as DecisionsSummary } from './DecisionsSummary.svelte';
export { default as IncidentReportView } from './IncidentReportView.svelte';
export { decisionCommands } from './commands';
export { listed, type ListedDecision } from './decision-filter';
export { lintDecisions, type Finding } from './lint';
export { recordName } from './record-name';
export { lineageOf, relationsOf, successorsOf, type Relation } from './relations';
