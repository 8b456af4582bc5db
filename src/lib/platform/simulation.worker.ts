import { openSimulation } from './local-simulation';
import type { Simulation } from '../simulation';
import type { WorkerAnswer, WorkerRequest } from './simulation-port';

let simulation: Simulation | undefined;

function answer(request: WorkerRequest): unknown {
	if (request.method === 'start') {
		simulation = openSimulation(request.argument);
		return null;
	}
	if (!simulation) throw new Error('The simulation has not been started.');
	switch (request.method) {
		case 'advance':
			return simulation.advance(request.argument);
		case 'apply':
			return simulation.apply(request.argument);
		case 'trace':
			return simulation.trace(request.argument);
		case 'logs':
			return simulation.logs(request.argument);
		case 'save':
			return simulation.save();
	}
}

self.onmessage = ({ data: request }: MessageEvent<WorkerRequest>) => {
	let reply: WorkerAnswer;
	try {
		reply = { id: request.id, ok: true, result: answer(request) };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		reply = { id: request.id, ok: false, message };
	}
	self.postMessage(reply);
};
