package import FleetBase

extension Catalogue {
    package static let service = Part(sentences)

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
        ("the run has nothing of %@", "la ejecución no tiene nada de %@"),
        ("run something: fleet run PACKAGE", "ejecuta algo: fleet run PACKAGE"),
        ("tasks done before, and not done again: %@", "tareas ya hechas, que no se repiten: %@"),
        ("the task %@ has no schedule", "la tarea %@ no tiene horario"),
        (
            "write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab",
            "escribe uno: schedule: every 15m, o \"30 3 * * *\" como en un crontab"
        ),
        ("no task of tasks.yaml has a schedule", "ninguna tarea de tasks.yaml tiene horario"),
        (
            "the path %@ has a line break, which no unit can have",
            "la ruta %@ tiene un salto de línea, que ninguna unidad puede tener"
        ),
        ("its secrets would lie on the host", "sus secretos quedarían en el host"),
        ("it comes after other tasks", "va detrás de otras tareas"),
        ("cron can't say %@", "cron no puede expresar %@"),
        ("%@ can't be pushed: %@", "%@ no se puede enviar: %@"),
        ("run it from this machine: fleet schedule run", "ejecútala desde esta máquina: fleet schedule run"),
    ]
}
