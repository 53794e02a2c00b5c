import FleetBase

extension Catalogue {
    /// The commands that hand many tasks out, resume runs and tell of them.
    static let queueCommands: [Entry] = [
        (
            "go on with a run that was stopped, or whose fleet was killed",
            "sigue con una ejecución que se detuvo, o cuyo fleet murió"
        ),
        (
            "Jobs that still run are followed, those that have ended are collected, and what is missing is started.",
            "Los trabajos que aún corren se siguen, los que han terminado se recogen, y lo que falta se inicia."
        ),
        ("QUEUE", "COLA"),
        ("show which tasks of tasks.yaml have a result", "muestra qué tareas de tasks.yaml tienen resultado"),
        (
            "A task whose package, parameters or input files have changed is a new one.",
            "Una tarea cuyo paquete, parámetros o archivos de entrada han cambiado es otra."
        ),
        ("run tasks once more, whatever results they have", "ejecuta tareas otra vez, tengan el resultado que tengan"),
        ("which tasks?", "¿qué tareas?"),
        ("for all: fleet tasks run --again", "para todas: fleet tasks run --again"),
        ("try what failed again: fleet tasks run", "vuelve a intentar lo que falló: fleet tasks run"),
        ("show what would be removed, and remove nothing", "muestra lo que se quitaría, y no quita nada"),
        (
            "a run's name, the beginning of it, or last; last when left out",
            "el nombre de una ejecución, su comienzo, o last; last si se omite"
        ),
        (
            "remove what earlier runs have left on the hosts",
            "quita lo que ejecuciones anteriores han dejado en los hosts"
        ),
        (
            "Keeps what a run still needs: jobs of a fleet at work, and those that fleet runs resume would take up. --foreign removes jobs of other masters, too.",
            "Conserva lo que una ejecución aún necesita: trabajos de un fleet activo, y los que fleet runs resume retomaría. --foreign quita también los de otros maestros."
        ),
        ("also jobs that another master has started", "también trabajos que inició otro maestro"),
        (
            "end every job of fleet on hosts, and remove what it left",
            "termina todos los trabajos de fleet en los hosts y quita lo que dejaron"
        ),
        (
            "What has ended and was not brought home is lost, too. Asks for hosts, or --all.",
            "También se pierde lo que terminó y no se trajo. Pide hosts, o --all."
        ),
        ("which hosts?", "¿qué hosts?"),
        ("--hosts A,B, --group NAME or --all", "--hosts A,B, --group NOMBRE o --all"),
        ("there is nothing left on the hosts", "no queda nada en los hosts"),
        ("JOB", "TRABAJO"),
        ("dead", "muerto"),
        ("would be removed", "se quitaría"),
        ("removed", "quitado"),
        ("could not be removed", "no se pudo quitar"),
        ("kept: a fleet is at work on its run", "se queda: un fleet trabaja en su ejecución"),
        ("kept: fleet runs resume takes it up", "se queda: fleet runs resume lo retoma"),
        ("kept: another master's; --foreign removes it", "se queda: es de otro maestro; --foreign lo quita"),
        (
            "run the tasks of tasks.yaml on the hosts that fit",
            "ejecuta las tareas de tasks.yaml en los hosts que sirven"
        ),
        (
            "What an earlier run has done already is not done again, unless --again says so. If fleet is stopped or killed, fleet runs resume goes on.",
            "Lo que ya hizo una ejecución anterior no se repite, salvo con --again. Si fleet se detiene o muere, fleet runs resume sigue."
        ),
        ("also what an earlier run has done", "también lo que ya hizo una ejecución anterior"),
        (
            "never start a second attempt of a task that takes long",
            "nunca inicia un segundo intento de una tarea que tarda"
        ),
        (
            "how long tasks wait for a host when nothing else goes on; 60s when left out",
            "cuánto esperan las tareas a un host cuando no ocurre nada más; 60s si se omite"
        ),
        ("%@: %@ at once", "%@: %@ a la vez"),
        ("%@ starts on %@", "%@ empieza en %@"),
        ("%@ running", "%@ en marcha"),
        ("%@ failed", "%@ fallidas"),
        ("tasks done: %@ of %@", "tareas hechas: %@ de %@"),
        ("TRIES", "INTENTOS"),
        ("stop a run and end its jobs on the hosts", "detiene una ejecución y termina sus trabajos en los hosts"),
        (
            "What is done stays done; fleet runs resume goes on with the rest.",
            "Lo hecho queda hecho; fleet runs resume sigue con el resto."
        ),
        (
            "run %@ is stopped; jobs that were ended: %@",
            "la ejecución %@ está detenida; trabajos que se terminaron: %@"
        ),
        ("run %@ has ended already", "la ejecución %@ ya ha terminado"),
        ("%@: %@: %@", "%@: %@: %@"),
        (
            "With -f also what they write from now on, until the run ends.",
            "Con -f también lo que escriban a partir de ahora, hasta que acabe la ejecución."
        ),
        ("go on with what is written from now on", "seguir con lo que se escriba a partir de ahora"),
        (
            "-f shows lines as they come, and --json the whole at the end",
            "-f muestra las líneas según llegan, y --json todo al final"
        ),
        ("watch a run at work, and end with its status", "mirar una ejecución en marcha, y acabar con su resultado"),
        (
            "What its workers write is shown; ending this command leaves the run alone.",
            "Se muestra lo que escriben sus trabajadores; terminar esta orden no toca la ejecución."
        ),
        (
            "no fleet works on the run %@, and it has not ended",
            "ningún fleet trabaja en la ejecución %@, y no ha acabado"
        ),
        ("go on with it: fleet runs resume %@", "sigue con ella: fleet runs resume %@"),
        (
            "bring home the results of jobs that have ended, and start nothing",
            "traer los resultados de los trabajos que han acabado, sin empezar nada"
        ),
        (
            "results that came home: %@; jobs that still run: %@",
            "resultados que llegaron: %@; trabajos que siguen en marcha: %@"
        ),
        (
            "do each task on N different hosts and compare the results; verify: of tasks.yaml goes first",
            "hacer cada tarea en N hosts distintos y comparar los resultados; verify: de tasks.yaml va primero"
        ),
        ("--verify must be at least 2", "--verify debe ser al menos 2"),
        (
            "write a page about a run: hosts, times, metrics, failures",
            "escribe una página sobre una ejecución: hosts, tiempos, métricas, fallos"
        ),
        (
            "The page is one HTML file that needs nothing else. --csv and --json print the same attempts for other programs.",
            "La página es un solo archivo HTML que no necesita nada más. --csv y --json imprimen los mismos intentos para otros programas."
        ),
        (
            "where to; .fleet/results/RUN/report.html when left out",
            "adónde; si se omite, .fleet/results/RUN/report.html"
        ),
        (
            "print a table for other programs instead, a row for each attempt",
            "imprime en su lugar una tabla para otros programas, una fila por intento"
        ),
        ("either --csv or --json", "o --csv o --json"),
        (
            "stopped at once: what ran on hosts may go on; fleet runs shows it, fleet runs cancel ends it",
            "detenido de inmediato: lo que corría en los hosts puede seguir; fleet runs lo muestra, fleet runs cancel lo termina"
        ),
        ("abandoned", "abandonada"),
        (
            "a run's name, the beginning of it, or last; the last one that did not end when left out",
            "el nombre de una ejecución, su comienzo, o last; si se omite, la última que no acabó"
        ),
    ]
}
