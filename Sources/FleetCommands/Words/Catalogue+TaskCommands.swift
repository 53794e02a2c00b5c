import FleetBase

extension Catalogue {
    /// The commands that plan tasks and lay schedules.
    static let taskCommands: [Entry] = [
        (
            "show which hosts can do the tasks of tasks.yaml, and why others can't",
            "muestra qué hosts pueden hacer las tareas de tasks.yaml y por qué otros no"
        ),
        (
            "Asks each host what it is and has. The first word is a file when it has a slash or ends in .yaml or .yml; all others are names of tasks, all tasks when there is none.",
            "Pregunta a cada host qué es y qué tiene. La primera palabra es un archivo si lleva una barra o acaba en .yaml o .yml; las demás son nombres de tareas, todas si no hay ninguna."
        ),
        (
            "show every single task, with its values of the sweep",
            "muestra cada una de las tareas, con los valores que recorre"
        ),
        (
            "a file to read instead of the project's tasks.yaml; names of tasks",
            "un archivo que leer en lugar del tasks.yaml del proyecto; nombres de tareas"
        ),
        ("the file has no tasks", "el archivo no tiene tareas"),
        ("tasks: %@, at once: %@, hosts: %@ of %@", "tareas: %@, a la vez: %@, hosts: %@ de %@"),
        ("tasks that no host can do: %@", "tareas que ningún host puede hacer: %@"),
        ("TASKS", "TAREAS"),
        ("WORK", "TRABAJO"),
        ("WHY NOT", "POR QUÉ NO"),
        ("AFTER", "DESPUÉS DE"),
        (
            "run many tasks at once, as tasks.yaml describes them",
            "ejecuta muchas tareas a la vez, como las describe tasks.yaml"
        ),
        (
            "show the schedules of this machine, and of the hosts that are named",
            "muestra las programaciones de esta máquina, y las de los hosts que se nombren"
        ),
        (
            "With --hosts, --group or --all: the schedules that were pushed to these hosts, and how many results wait there.",
            "Con --hosts, --group o --all: las programaciones que se enviaron a esos hosts, y cuántos resultados esperan allí."
        ),
        ("SCHEDULE", "PROGRAMACIÓN"),
        ("NEXT", "PRÓXIMA"),
        ("RESULTS", "RESULTADOS"),
        ("nothing of this project is scheduled there", "allí no hay nada programado de este proyecto"),
        ("cron does not know it: push it again", "cron no lo conoce: envíalo de nuevo"),
        (
            "run tasks at their times, until this command is stopped",
            "ejecuta tareas a sus horas, hasta que se detenga este comando"
        ),
        (
            "tasks.yaml is read again before each run. A task whose last run has not ended yet is left out that time.",
            "tasks.yaml se lee otra vez antes de cada ejecución. Una tarea cuya última ejecución no ha acabado se omite esa vez."
        ),
        (
            "which tasks; all that have a schedule when left out",
            "qué tareas; si se omite, todas las que tienen programación"
        ),
        ("%@: %@, next at %@", "%@: %@, próxima a las %@"),
        ("%@ still runs, and is left out this time", "%@ sigue en marcha, y se omite esta vez"),
        (
            "write a systemd unit that keeps fleet schedule run going",
            "escribe una unidad de systemd que mantiene en marcha fleet schedule run"
        ),
        (
            "The unit is a user's own, or the system's when root calls this. Nothing is started: the next step is shown.",
            "La unidad es del usuario, o del sistema si lo hace root. No se inicia nada: se muestra el paso siguiente."
        ),
        ("show the unit, and write nothing", "muestra la unidad, y no escribe nada"),
        (
            "let a host run tasks by its own cron, also while this machine is off",
            "hace que un host ejecute tareas con su propio cron, también con esta máquina apagada"
        ),
        (
            "The host's own clock and time zone count. Results wait there: fleet runs collect brings them home. Secrets are never laid on a host, so a task with secrets can't be pushed.",
            "Cuentan el reloj y la zona horaria del host. Los resultados esperan allí: fleet runs collect los trae. Los secretos nunca se dejan en un host, así que una tarea con secretos no se puede enviar."
        ),
        ("%@ runs %@ by itself: %@", "%@ ejecuta %@ por sí solo: %@"),
        (
            "remove schedules from hosts, after the results that wait there came home",
            "quita programaciones de los hosts, después de traer los resultados que esperan allí"
        ),
        ("which tasks; all of this project when left out", "qué tareas; si se omite, todas las de este proyecto"),
        ("schedules that were removed: %@", "programaciones que se quitaron: %@"),
        ("bring home the results of schedules on hosts", "trae los resultados de las programaciones de los hosts"),
        (
            "Each time a host has run a task is a run of its own in fleet runs.",
            "Cada vez que un host ha ejecutado una tarea es una ejecución propia en fleet runs."
        ),
        ("results that came home: %@", "resultados que llegaron: %@"),
        (
            "run tasks at their times, from this machine or on a host",
            "ejecuta tareas a sus horas, desde esta máquina o en un host"
        ),
    ]
}
