import FleetBase

extension Catalogue {
    /// The commands that hand tasks to Slurm.
    static let slurmCommands: [Entry] = [
        ("CLUSTER", "CLÚSTER"),
        (
            "slurm: the tasks become job arrays of Slurm; fleet's own queue when left out",
            "slurm: las tareas se vuelven arrays de trabajos de Slurm; la cola propia de fleet si se omite"
        ),
        (
            "the host of the inventory on which sbatch works; its root: lies in a folder that the nodes share",
            "el host del inventario en el que funciona sbatch; su root: está en una carpeta que los nodos comparten"
        ),
        (
            "the partition of Slurm; the default one when left out",
            "la partición de Slurm; si se omite, la suya por omisión"
        ),
        (
            "one more option for sbatch, such as --account=physics; any number of times",
            "una opción más para sbatch, como --account=physics; las veces que haga falta"
        ),
        (
            "--login, --partition and --sbatch-option work only with --engine slurm",
            "--login, --partition y --sbatch-option solo funcionan con --engine slurm"
        ),
        ("unknown engine \"%@\"", "motor desconocido «%@»"),
        ("there is one: --engine slurm", "hay uno: --engine slurm"),
        ("on which host is sbatch?", "¿en qué host está sbatch?"),
        ("name it with --login HOST", "indícalo con --login HOST"),
    ]
}
