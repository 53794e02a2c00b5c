package import FleetBase

extension Catalogue {
    package static let service = Part(sentences, serviceHosts)

    private static let sentences: [Entry] = [
        ("%@ has no engine \"%@\"", "%@ no tiene ningún motor «%@»"),
        ("not version %@ of %@: %@", "no tienen la versión %@ de %@: %@"),
        ("fleet push %@ --hosts %@, or leave --no-push out", "fleet push %@ --hosts %@, o quita --no-push"),
        (
            "the engine %@ of %@ can't be built: %@ is not on the PATH",
            "no se puede compilar el motor %@ de %@: %@ no está en el PATH"
        ),
        ("what the hosts have was not written down: %@", "no se ha apuntado lo que tienen los hosts: %@"),
        ("the inventory names no host", "el inventario no nombra ningún host"),
        ("add one: fleet host add NAME ADDRESS", "añade uno: fleet host add NAME ADDRESS"),
        ("run something: fleet run PACKAGE", "ejecuta algo: fleet run PACKAGE"),
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
        ("tasks done before, and not done again: %@", "tareas ya hechas, que no se repiten: %@"),
    ]
}
