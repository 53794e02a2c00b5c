package import FleetBase

extension Catalogue {
    package static let terminal = Part(sentences)

    private static let sentences: [Entry] = [
        ("warning:", "aviso:"),
        ("error:", "error:"),
        ("hint:", "consejo:"),
        ("%@:", "%@:"),
        ("%@ [%@]:", "%@ [%@]:"),
        ("%@ [y/N]", "%@ [s/N]"),
        ("\"%@\" is neither yes nor no: type y or n", "«%@» no es ni sí ni no: escribe s o n"),
        ("just now", "ahora mismo"),
        ("%@ min ago", "hace %@ min"),
        ("%@ h ago", "hace %@ h"),
        ("%@ d ago", "hace %@ d"),
        (
            "stopping, and ending what runs on the hosts; once more to stop at once",
            "deteniendo, y terminando lo que corre en los hosts; otra vez para parar de inmediato"
        ),
    ]
}
