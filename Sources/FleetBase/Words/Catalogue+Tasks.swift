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
        ("%@ tasks, %@ at once on %@ of %@ hosts", "%@ tareas, %@ a la vez en %@ de %@ hosts"),
        ("no host can do %@ of them", "ningún host puede hacer %@ de ellas"),
        ("TASKS", "TAREAS"),
        ("none", "ninguno"),
        ("WORK", "TRABAJO"),
        ("WHY NOT", "POR QUÉ NO"),
        ("AFTER", "DESPUÉS DE"),
        ("%@ and %@ more", "%@ y %@ más"),
        ("many tasks at once, as tasks.yaml describes them", "muchas tareas a la vez, como las describe tasks.yaml"),
    ]
}
