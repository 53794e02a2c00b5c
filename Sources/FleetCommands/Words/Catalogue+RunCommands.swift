import FleetBase

extension Catalogue {
    /// The commands that run a package, look at runs, and have them start by themselves.
    static let runCommands: [Entry] = [
        (
            "%@: not ended yet; see what it writes with: fleet logs -f %@",
            "%@: aún no ha acabado; mira lo que escribe con: fleet logs -f %@"
        ),
        ("%@ did not come home: %@", "%@ no llegó: %@"),
        ("%@ more results did not come home", "otros %@ resultados no llegaron"),
        (
            "when to stop it, such as 90s, more than 0; 1h when left out",
            "cuándo pararlo, por ejemplo 90s, más que 0; si se omite, 1h"
        ),
        ("from %@ to %@", "de %@ a %@"),
        ("at least %@", "como mínimo %@"),
        ("at most %@", "como máximo %@"),
        ("starts nothing more before fleet runs collect", "no empieza nada más antes de fleet runs collect"),
        ("WHAT HAPPENS", "QUÉ PASA"),
        ("show what the workers of a run wrote", "muestra lo que escribieron los trabajadores de una ejecución"),
        ("show only what these hosts wrote", "muestra solo lo que escribieron estos hosts"),
        (
            "a run's name, the beginning of its name, or last",
            "el nombre de una ejecución, el principio de su nombre, o last"
        ),
        ("nothing came home from %@", "de %@ no volvió nada"),
        ("show the latest runs, the newest first", "muestra las últimas ejecuciones, la más reciente primero"),
        ("--limit must be at least 1", "--limit tiene que ser 1 como mínimo"),
        ("RUN", "EJECUCIÓN"),
        ("STARTED", "INICIO"),
        (
            "show the tasks of a run and what came of each",
            "muestra las tareas de una ejecución y qué salió de cada una"
        ),
        ("run %@, %@: %@", "ejecución %@, %@: %@"),
        ("EXIT", "SALIDA"),
        ("results are in %@", "los resultados están en %@"),
        ("run a package on hosts and bring the results back", "ejecuta un paquete en los hosts y trae los resultados"),
        (
            "The package's parameters are options: fleet run PACKAGE --help shows them.",
            "Los parámetros del paquete son opciones: fleet run PAQUETE --help los muestra."
        ),
        ("use only this engine of the package", "usa solo este motor del paquete"),
        (
            "run it only in this way: docker, podman, venv, python or native",
            "ejecuta solo de este modo: docker, podman, venv, python o native"
        ),
        (
            "do not push; refuse a host that has another version",
            "no envía nada; rechaza un host que tenga otra versión"
        ),
        ("Python code to run instead of a package", "código Python en lugar de un paquete"),
        ("give either a package or --python", "da un paquete o --python, uno de los dos"),
        ("fleet package --list shows them", "fleet package --list los muestra"),
        ("PARAMETERS OF %@", "PARÁMETROS DE %@"),
    ]
}
