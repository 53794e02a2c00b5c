extension Catalogue {
    static let tasks: [Entry] = [
        ("a task has one of: package, command, python", "una tarea lleva una de: package, command, python"),
        ("a task has either %@: or %@:, not both", "una tarea lleva %@: o %@:, no las dos"),
        ("engine: goes with package: alone", "engine: solo va con package:"),
        ("a null byte, which no program can be given", "un byte nulo, que ningún programa puede recibir"),
        ("%@ is below the minimum %@%", "%@ es menor que el mínimo %@%"),
        (
            "\"%@\" is not a time limit such as 10m or 300%",
            "«%@» no es un límite de tiempo como 10m o 300%"
        ),
        (
            "a secret comes from one of: env, file, command",
            "un secreto viene de una de: env, file, command"
        ),
        (
            "\"%@\" can't be the name of an environment variable",
            "«%@» no puede ser el nombre de una variable de entorno"
        ),
        (
            "\"%@\" is fleet's own: it sets the variables that begin with FLEET_",
            "«%@» es de fleet: él pone las variables que empiezan por FLEET_"
        ),
        (
            "the parameter \"%@\" would take the place of the variable %@",
            "el parámetro «%@» ocuparía el lugar de la variable %@"
        ),
        (
            "\"%@\" is not a path inside the folder: no \"..\", nothing absolute",
            "«%@» no es una ruta dentro de la carpeta: sin «..» y nunca absoluta"
        ),
        ("an empty path", "una ruta vacía"),
        ("a lease that ends at once", "un plazo que acaba al momento"),
        ("%@ has no tasks.yaml", "%@ no tiene tasks.yaml"),
        ("write one, or name another file", "escribe uno o nombra otro archivo"),
        ("exclude leaves no combination", "exclude no deja ninguna combinación"),
        ("to do the same several times, say repeat: 2", "para hacer lo mismo varias veces, pon repeat: 2"),
        ("a mapping with one parameter at least", "un mapa con al menos un parámetro"),
        ("the same stands there twice", "lo mismo aparece dos veces"),
        ("parameter", "parámetro"),
        ("%@ is never %@ in this matrix", "en esta matriz %@ nunca es %@"),
        ("\"%@\" stands in env and in secrets", "«%@» está en env y en secrets"),
        ("\"%@\" and \"%@\" are both the variable %@", "«%@» y «%@» son los dos la variable %@"),
        (
            "\"%@\" is the variable %@, which env or secrets set too",
            "«%@» es la variable %@, que también ponen env o secrets"
        ),
        ("the file has more than %@ tasks from here on", "desde aquí el archivo tiene más de %@ tareas"),
        ("task", "tarea"),
        ("a task can't come after itself", "una tarea no puede ir después de sí misma"),
        ("tasks in a circle: %@", "tareas en círculo: %@"),
        ("engine", "motor"),
        ("is not among the hosts %@", "no está entre los hosts %@"),
        ("lacks the tag %@", "le falta la etiqueta %@"),
        ("lacks the tags %@", "le faltan las etiquetas %@"),
        ("does not tell its architecture, %@ is needed", "no dice su arquitectura, hace falta %@"),
        ("is %@, %@ is needed", "es %@, hace falta %@"),
        ("has no GPU", "no tiene GPU"),
        ("has no %@", "no tiene %@"),
        ("does not tell its memory", "no dice su memoria"),
        ("has %@ of memory, %@ are needed", "tiene %@ de memoria, hacen falta %@"),
        ("does not tell its cores", "no dice sus núcleos"),
        ("has 1 core, %@ are needed", "tiene 1 núcleo, hacen falta %@"),
        ("has %@ cores, %@ are needed", "tiene %@ núcleos, hacen falta %@"),
        ("does not tell its free disk space", "no dice su espacio libre en disco"),
        ("has %@ of free disk space, %@ are needed", "tiene %@ libres en disco, hacen falta %@"),
        ("does not answer", "no responde"),
        (
            "show which hosts can do the tasks of tasks.yaml, and why others can't",
            "mostrar qué hosts pueden hacer las tareas de tasks.yaml y por qué otros no"
        ),
        (
            "Asks each host what it is and has. The first word is a file when it has a slash or ends in .yaml or .yml; all others are names of tasks, all tasks when there is none.",
            "Pregunta a cada host qué es y qué tiene. La primera palabra es un archivo si lleva una barra o acaba en .yaml o .yml; las demás son nombres de tareas, todas si no hay ninguna."
        ),
        ("every single task, with what is swept over", "cada una de las tareas, con los valores que recorre"),
        (
            "another file than the project's tasks.yaml; which tasks",
            "otro archivo que el tasks.yaml del proyecto; qué tareas"
        ),
        ("the file has no tasks", "el archivo no tiene tareas"),
        ("tasks: %@, at once: %@, hosts: %@ of %@", "tareas: %@, a la vez: %@, hosts: %@ de %@"),
        ("no host can do %@ of them", "ningún host puede hacer %@ de ellas"),
        ("TASKS", "TAREAS"),
        ("none", "ninguno"),
        ("WORK", "TRABAJO"),
        ("WHY NOT", "POR QUÉ NO"),
        ("AFTER", "DESPUÉS DE"),
        ("%@ and %@ more", "%@ y %@ más"),
        ("many tasks at once, as tasks.yaml describes them", "muchas tareas a la vez, como las describe tasks.yaml"),
        (
            "\"%@\" is not a time such as \"30 3 * * *\", @daily or every 15m",
            "\"%@\" no es un momento como \"30 3 * * *\", @daily o every 15m"
        ),
        ("\"%@\" never comes", "\"%@\" no llega nunca"),
        ("\"%@\" is not within %@-%@", "\"%@\" no está entre %@ y %@"),
        ("\"%@\" is more often than every 1s", "\"%@\" es más a menudo que every 1s"),
        ("the host has no cron that fleet could use: %@", "el host no tiene un cron que fleet pueda usar: %@"),
        (
            "install cron there, or run it from this machine: fleet schedule run",
            "instala cron allí, o ejecútala desde esta máquina: fleet schedule run"
        ),
        ("the schedule could not be laid there: %@", "no se pudo dejar allí el horario: %@"),
        (
            "no cron seems to run there: nothing will start until it does",
            "no parece que allí funcione cron: nada empezará hasta entonces"
        ),
        (
            "other tasks of that name run there now, or have left results",
            "otras tareas con ese nombre se ejecutan allí ahora, o han dejado resultados"
        ),
        ("once they have ended: fleet runs collect", "cuando hayan terminado: fleet runs collect"),
        (
            "cron starts nothing of it any more, but a task of it still runs",
            "cron ya no inicia nada de él, pero una tarea suya sigue en marcha"
        ),
        ("remove it once more when it has ended", "quítalo otra vez cuando haya terminado"),
        ("the host does not tell its schedules: %@", "el host no dice qué horarios tiene: %@"),
        ("the schedule could not be removed: %@", "no se pudo quitar el horario: %@"),
        ("the task %@ has no schedule", "la tarea %@ no tiene horario"),
        (
            "write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab",
            "escribe uno: schedule: every 15m, o \"30 3 * * *\" como en un crontab"
        ),
        ("no task of tasks.yaml has a schedule", "ninguna tarea de tasks.yaml tiene horario"),
        (
            "show what runs by itself: here, and on the hosts that are named",
            "muestra lo que se ejecuta solo: aquí, y en los hosts que se nombren"
        ),
        (
            "With --hosts, --group or --all what lies on hosts, and how many results wait there.",
            "Con --hosts, --group o --all lo que hay en los hosts, y cuántos resultados esperan allí."
        ),
        ("SCHEDULE", "HORARIO"),
        ("NEXT", "PRÓXIMA"),
        ("RESULTS", "RESULTADOS"),
        ("nothing of this project is scheduled there", "allí no hay nada programado de este proyecto"),
        ("cron does not know it: push it again", "cron no lo conoce: envíalo de nuevo"),
        (
            "run tasks at their times, until this command is stopped",
            "ejecuta tareas a sus horas, hasta que se detenga esta orden"
        ),
        (
            "tasks.yaml is read anew before each run. A task whose last run has not ended yet is left out that time.",
            "tasks.yaml se lee de nuevo antes de cada ejecución. Una tarea cuya última ejecución no ha acabado se omite esa vez."
        ),
        (
            "which tasks; all that have a schedule when left out",
            "qué tareas; si se omite, todas las que tienen horario"
        ),
        ("%@: %@, next at %@", "%@: %@, próxima a las %@"),
        ("%@ still runs, and is left out this time", "%@ sigue en marcha, y se omite esta vez"),
        (
            "write a systemd unit that keeps fleet schedule run going",
            "escribe una unidad de systemd que mantiene en marcha fleet schedule run"
        ),
        (
            "A unit of your own; as root one of the system's. Nothing is started: the next step is shown.",
            "Una unidad suya; como root una del sistema. No se inicia nada: se muestra el paso siguiente."
        ),
        ("show the unit, and write nothing", "muestra la unidad, y no escribe nada"),
        (
            "the path %@ has a line break, which no unit can have",
            "la ruta %@ tiene un salto de línea, que ninguna unidad puede tener"
        ),
        (
            "have a host run tasks by its own cron, also while this machine is off",
            "hace que un host ejecute tareas con su propio cron, también con esta máquina apagada"
        ),
        (
            "The host's own clock and time zone count. Results wait there: fleet runs collect brings them home. Secrets are never laid on a host, so a task with secrets can't be pushed.",
            "Cuentan el reloj y la zona horaria del host. Los resultados esperan allí: fleet runs collect los trae. Los secretos nunca se dejan en un host, así que una tarea con secretos no se puede enviar."
        ),
        ("%@ runs %@ by itself: %@", "%@ ejecuta %@ por sí solo: %@"),
        ("its secrets would lie on the host", "sus secretos quedarían en el host"),
        ("it comes after other tasks", "va detrás de otras tareas"),
        ("its results are compared between hosts", "sus resultados se comparan entre hosts"),
        ("cron can't say %@", "cron no puede expresar %@"),
        ("%@ can't be pushed: %@", "%@ no se puede enviar: %@"),
        ("run it from this machine: fleet schedule run", "ejecútala desde esta máquina: fleet schedule run"),
        (
            "take schedules away from hosts; results that wait come home first",
            "quita horarios de los hosts; los resultados que esperan vienen antes"
        ),
        ("which tasks; all of this project when left out", "qué tareas; si se omite, todas las de este proyecto"),
        ("schedules that were removed: %@", "horarios que se quitaron: %@"),
        (
            "bring home what hosts have done by their own schedules",
            "trae lo que los hosts han hecho por sus propios horarios"
        ),
        (
            "Each time that a host has run a task becomes a run of its own in fleet runs.",
            "Cada vez que un host ha ejecutado una tarea es una ejecución propia en fleet runs."
        ),
        ("results that came home: %@", "resultados que llegaron: %@"),
        (
            "tasks that run by themselves, from here or on a host",
            "tareas que se ejecutan solas, desde aquí o en un host"
        ),
    ]
}
