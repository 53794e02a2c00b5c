import FleetBase

extension Catalogue {
    /// The commands that plan tasks and lay schedules.
    static let taskCommands: [Entry] = [
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
        ("many tasks at once, as tasks.yaml describes them", "muchas tareas a la vez, como las describe tasks.yaml"),
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
            "have a host run tasks by its own cron, also while this machine is off",
            "hace que un host ejecute tareas con su propio cron, también con esta máquina apagada"
        ),
        (
            "The host's own clock and time zone count. Results wait there: fleet runs collect brings them home. Secrets are never laid on a host, so a task with secrets can't be pushed.",
            "Cuentan el reloj y la zona horaria del host. Los resultados esperan allí: fleet runs collect los trae. Los secretos nunca se dejan en un host, así que una tarea con secretos no se puede enviar."
        ),
        ("%@ runs %@ by itself: %@", "%@ ejecuta %@ por sí solo: %@"),
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
