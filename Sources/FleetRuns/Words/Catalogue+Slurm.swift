import FleetBase

extension Catalogue {
    /// Slurm.
    static let slurm: [Entry] = [
        ("Slurm stopped it at its time limit", "Slurm la detuvo en su límite de tiempo"),
        ("give it a longer timeout:", "dale un timeout: más largo"),
        ("Slurm ended it on %@: out of memory", "Slurm la terminó en %@: sin memoria"),
        ("say how much it takes: needs: { memory: … }", "di cuánta necesita: needs: { memory: … }"),
        ("somebody cancelled it in Slurm", "alguien la canceló en Slurm"),
        ("Slurm lost it on %@: %@", "Slurm la perdió en %@: %@"),
        ("pending in Slurm: %@", "pendientes en Slurm: %@"),
        ("there is no Slurm on the login host: %@", "no hay Slurm en el host de acceso: %@"),
        (
            "name a host on which sbatch works with --login", "indica con --login un host en el que funcione sbatch"
        ),
        ("Slurm does not answer: %@", "Slurm no responde: %@"),
        ("the login host can't work for Slurm: %@", "el host de acceso no puede trabajar para Slurm: %@"),
        (
            "the rest stays there for now; remove it later with: fleet runs cancel %@",
            "el resto se queda allí por ahora; quítalo después con: fleet runs cancel %@"
        ),
        ("sbatch refuses it: %@", "sbatch la rechaza: %@"),
        ("the partitions there: %@", "las particiones de allí: %@"),
        (
            "what Slurm has of the run could not be ended: %@",
            "no se pudo terminar lo que Slurm tiene de la ejecución: %@"
        ),
        ("--login names one host, and %@ are %@", "--login nombra un host, y %@ son %@"),
        ("its secrets would lie on the cluster's disk", "sus secretos quedarían en el disco del clúster"),
        ("its results are compared between hosts", "sus resultados se comparan entre hosts"),
        ("it names hosts, and Slurm has nodes", "nombra hosts, y Slurm tiene nodos"),
        (
            "the nodes of a cluster have no images of fleet's", "los nodos de un clúster no tienen imágenes de fleet"
        ),
        ("Slurm can't run %@: %@", "Slurm no puede ejecutar %@: %@"),
        (
            "run it without --engine slurm, or name the other tasks",
            "ejecútala sin --engine slurm, o nombra las otras tareas"
        ),
        (
            "this fleet does not know who hands out the tasks of the run %@",
            "este fleet no sabe quién reparte las tareas de la ejecución %@"
        ),
    ]
}
