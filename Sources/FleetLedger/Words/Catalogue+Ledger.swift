package import FleetBase

extension Catalogue {
    package static let ledger = Part(sentences)

    private static let sentences: [Entry] = [
        ("another fleet is writing to %@", "otro fleet está escribiendo en %@"),
        ("%@ is damaged: %@", "%@ está dañado: %@"),
        (
            "move the file away: fleet starts a new one and the results stay",
            "aparta el archivo: fleet empieza uno nuevo y los resultados se conservan"
        ),
        ("the ledger %@ refused: %@", "el registro %@ lo rechazó: %@"),
        ("the ledger has an unreadable %@", "el registro tiene un valor ilegible en %@"),
        ("%@ was written by a newer fleet", "%@ lo escribió una versión más nueva de fleet"),
        ("update fleet on this machine", "actualiza fleet en esta máquina"),
        (
            "%@ was removed or replaced while fleet was at work: it does not have this run",
            "%@ se quitó o se reemplazó mientras fleet trabajaba: no tiene esta ejecución"
        ),
        (
            "the results are below .fleet/results; what is left on hosts: fleet runs reap --dry-run",
            "los resultados están bajo .fleet/results; lo que queda en los hosts: fleet runs reap --dry-run"
        ),
        ("the run %@ does the same tasks now: %@", "la ejecución %@ hace ahora las mismas tareas: %@"),
        ("watch it with: fleet runs attach %@", "síguela con: fleet runs attach %@"),
        ("several runs start with \"%@\": %@", "varias ejecuciones empiezan por «%@»: %@"),
        ("there are no runs yet", "todavía no hay ejecuciones"),
        ("run something: fleet run PACKAGE", "ejecuta algo: fleet run PAQUETE"),
        ("unknown run \"%@\"", "la ejecución «%@» no existe"),
        ("unknown run \"%@\", did you mean \"%@\"?", "la ejecución «%@» no existe, ¿querías decir «%@»?"),
        ("running", "en marcha"),
        ("done", "hecha"),
        ("failed", "fallida"),
        ("not tried", "sin intentar"),
    ]
}
