/// Where a run's tasks are given to Slurm, as the ledger keeps it: a master that takes the run up goes there again.
package struct SlurmOptions: Sendable, Hashable, Codable {
    /// The host of the inventory on which sbatch is called.
    package let login: String
    /// Slurm's default when nil.
    package let partition: String?
    /// What else sbatch is told.
    package let words: [String]

    package init(login: String, partition: String? = nil, words: [String] = []) {
        (self.login, self.partition, self.words) = (login, partition, words)
    }
}
