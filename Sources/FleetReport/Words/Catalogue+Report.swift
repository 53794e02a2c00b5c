package import FleetBase

extension Catalogue {
    package static let report = Part(sentences)

    private static let sentences: [Entry] = [
        ("ended", "terminado"),
        ("timeline of attempts by host", "cronología de los intentos por host"),
        ("started", "inicio"),
        ("took", "duración"),
        ("tasks done", "tareas hechas"),
        ("tasks without a result", "tareas sin resultado"),
        ("hosts", "hosts"),
        ("Who did what when", "Quién hizo qué y cuándo"),
        ("What they found", "Lo que encontraron"),
        ("attempts", "intentos"),
        ("busy, s", "ocupado, s"),
        ("processor, s", "procesador, s"),
        ("memory, MiB", "memoria, MiB"),
        ("method", "método"),
        ("Hosts", "Hosts"),
        ("try", "intento"),
        ("class", "clase"),
        ("why", "por qué"),
        ("Failures", "Fallos"),
        ("state", "estado"),
        ("result", "resultado"),
        ("Evidence", "Pruebas"),
    ]
}
