interface Held<Block> {
  block: Block;
  users: number;
}

/** Memory for what lives within one run. Runs follow each other, so all replays of a device share it. */
export class ReplayMemory<Block extends { readonly size: number }> {
  #create: (size: number) => Block;
  #destroy: (block: Block) => void;
  /** Smallest first. */
  #held: Held<Block>[] = [];

  constructor(create: (size: number) => Block, destroy: (block: Block) => void) {
    this.#create = create;
    this.#destroy = destroy;
  }

  /** A block of at least each size, no two the same: those that are there, and new ones. Throws what `create` throws. */
  acquire(sizes: readonly number[]): Block[] {
    const taken: Block[] = [];
    try {
      for (const size of sizes) {
        const fitting = this.#held.find(({ block }) => block.size >= size && !taken.includes(block));
        const held = fitting ?? { block: this.#create(size), users: 0 };
        held.users++;
        taken.push(held.block);
        if (!fitting) this.#held = [...this.#held, held].sort((a, b) => a.block.size - b.block.size);
      }
    } catch (error) {
      this.release(taken);
      throw error;
    }
    return taken;
  }

  /** Gives up what was acquired; what nobody uses any more is destroyed. */
  release(blocks: readonly Block[]): void {
    for (const held of this.#held) if (blocks.includes(held.block)) held.users--;
    for (const { block, users } of this.#held) if (users === 0) this.#destroy(block);
    this.#held = this.#held.filter(({ users }) => users > 0);
  }
}
