/** A queue of integers: cheap at both ends, without allocation while its length stays about the same. */
export class Ring {
	items: number[] = [];
	head = 0;

	static from(items: number[]): Ring {
		const ring = new Ring();
		ring.items = [...items];
		return ring;
	}

	get length(): number {
		return this.items.length - this.head;
	}

	push(item: number): void {
		this.items.push(item);
	}

	/** Takes the oldest. The ring must not be empty. */
	shift(): number {
		const item = this.items[this.head++] as number;
		if (this.head > 1024 && this.head * 2 > this.items.length) {
			this.items.splice(0, this.head);
			this.head = 0;
		}
		return item;
	}

	/** Takes the newest. The ring must not be empty. */
	pop(): number {
		return this.items.pop() as number;
	}

	toArray(): number[] {
		return this.items.slice(this.head);
	}
}
