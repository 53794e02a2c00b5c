import FleetBase

extension Catalogue {
    /// The commands that hand many tasks out, resume runs and tell of them.
    static let queueCommands: [Entry] = [
        ("to run it again: %@", "para repetirla: %@"),
        (
            "go on with a run: bring home what has ended, start what is missing",
            "sigue con una ejecución: trae lo que ha terminado e inicia lo que falta"
        ),
        (
            "Jobs that still run are followed, those that have ended are collected, and what is missing is started. A run that has ended can go on, too: what never ran is started then. A task that has failed by itself is not tried again.",
            "Los trabajos que aún corren se siguen, los que han terminado se recogen, y lo que falta se inicia. También puede seguir una ejecución que ha acabado: entonces se inicia lo que nunca corrió. Una tarea que falló por sí misma no se repite."
        ),
        ("QUEUE", "COLA"),
        ("show which tasks of tasks.yaml have a result", "muestra qué tareas de tasks.yaml tienen resultado"),
        (
            "A task whose package, parameters or input files have changed is a new one.",
            "Una tarea cuyo paquete, parámetros o archivos de entrada han cambiado es otra."
        ),
        ("run tasks once more, whether they have a result or not", "ejecuta tareas otra vez, tengan resultado o no"),
        ("which tasks?", "¿qué tareas?"),
        (
            "to run all tasks again: fleet tasks run --again",
            "para ejecutar todas las tareas otra vez: fleet tasks run --again"
        ),
        (
            "to run only the failed tasks again: fleet tasks run",
            "para ejecutar otra vez solo las fallidas: fleet tasks run"
        ),
        ("show what would be removed, and remove nothing", "muestra lo que se quitaría, y no quita nada"),
        (
            "a run's name, the beginning of its name, or last; last when left out",
            "el nombre de una ejecución, el principio de su nombre, o last; si se omite, last"
        ),
        (
            "remove what earlier runs have left on the hosts",
            "quita lo que ejecuciones anteriores han dejado en los hosts"
        ),
        (
            "Jobs that a run still needs stay: those of a run that is being worked on, and those that fleet runs resume would take up. --foreign removes jobs of other masters, too.",
            "Se quedan los trabajos que una ejecución aún necesita: los de una ejecución en curso y los que fleet runs resume retomaría. --foreign quita también los de otros maestros."
        ),
        ("also remove jobs that another master has started", "quita también trabajos que inició otro maestro"),
        (
            "end every job of fleet on hosts, and remove what it left",
            "termina todos los trabajos de fleet en los hosts y quita lo que dejaron"
        ),
        (
            "Results of jobs that have ended and were not brought home are lost, too. Name hosts, or give --all.",
            "También se pierden los resultados de trabajos que terminaron y no se trajeron. Nombra hosts o da --all."
        ),
        ("which hosts?", "¿qué hosts?"),
        ("--hosts A,B, --group NAME or --all", "--hosts A,B, --group NOMBRE o --all"),
        ("there is nothing left on the hosts", "no queda nada en los hosts"),
        ("JOB", "TRABAJO"),
        ("dead", "muerto"),
        ("would be removed", "se quitaría"),
        ("removed", "quitado"),
        ("could not be removed", "no se pudo quitar"),
        ("kept: its run is being worked on", "se queda: su ejecución está en curso"),
        ("kept: fleet runs resume takes it up", "se queda: fleet runs resume lo retoma"),
        ("kept: another master's; --foreign removes it", "se queda: es de otro maestro; --foreign lo quita"),
        (
            "run the tasks of tasks.yaml on the hosts that fit",
            "ejecuta las tareas de tasks.yaml en los hosts que sirven"
        ),
        (
            "A task that an earlier run has done is not done again, unless --again says so. When fleet was stopped or killed, fleet runs resume goes on with the run.",
            "Una tarea que ya hizo una ejecución anterior no se repite, salvo con --again. Si fleet se detuvo o murió, fleet runs resume sigue con la ejecución."
        ),
        ("also run what an earlier run has done", "ejecuta también lo que ya hizo una ejecución anterior"),
        (
            "never start a second attempt of a task that takes long",
            "nunca inicia un segundo intento de una tarea que tarda"
        ),
        (
            "how long tasks wait for a host while no other task runs; 60s when left out",
            "cuánto esperan las tareas a un host mientras no corre ninguna otra; si se omite, 60s"
        ),
        ("%@: %@ at once", "%@: %@ a la vez"),
        ("%@ starts on %@", "%@ empieza en %@"),
        ("tasks done: %@ of %@", "tareas hechas: %@ de %@"),
        ("TRIES", "INTENTOS"),
        ("stop a run and end its jobs on the hosts", "detiene una ejecución y termina sus trabajos en los hosts"),
        (
            "The results so far stay; fleet runs resume goes on with the rest.",
            "Los resultados obtenidos se quedan; fleet runs resume sigue con el resto."
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
        ("also show what is written from now on", "muestra también lo que se escriba a partir de ahora"),
        (
            "-f shows lines as they come, and --json the whole at the end",
            "-f muestra las líneas según llegan, y --json todo al final"
        ),
        (
            "watch a run while it goes on, and end with its status",
            "muestra una ejecución en curso y acaba con su estado"
        ),
        (
            "Shows what the run's workers write. Ending this command does not end the run.",
            "Muestra lo que escriben los trabajadores de la ejecución. Terminar este comando no termina la ejecución."
        ),
        (
            "no master works on the run %@, and the run has not ended",
            "ningún maestro trabaja en la ejecución %@, y la ejecución no ha acabado"
        ),
        ("go on with it: fleet runs resume %@", "sigue con ella: fleet runs resume %@"),
        (
            "bring home the results of jobs that have ended, without starting any",
            "trae los resultados de los trabajos que han acabado, sin empezar ninguno"
        ),
        (
            "results that came home: %@; jobs that still run: %@",
            "resultados que llegaron: %@; trabajos que siguen en marcha: %@"
        ),
        (
            "do each task on N different hosts and compare the results; verify: in tasks.yaml counts more",
            "hace cada tarea en N hosts distintos y compara los resultados; verify: en tasks.yaml tiene preferencia"
        ),
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
            "adónde; si se omite, .fleet/results/EJECUCIÓN/report.html"
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
        (
            "a run's name, the beginning of its name, or last; when left out, the last run that did not end, else the last run",
            "el nombre de una ejecución, el principio de su nombre, o last; si se omite, la última que no acabó o, si no la hay, la última"
        ),
    ]
}
