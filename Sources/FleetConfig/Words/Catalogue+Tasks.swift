import FleetBase

extension Catalogue {
    /// tasks.yaml.
    static let tasks: [Entry] = [
        ("the input file %@ of %@ is not there", "el archivo de entrada %@ de %@ no está"),
        ("inputs: are paths from the project's folder on", "inputs: son rutas desde la carpeta del proyecto"),
        (
            "%@: the parameter %@ has the name of one of fleet's own options",
            "%@: el parámetro %@ se llama como una opción del propio fleet"
        ),
        ("give it another name", "ponle otro nombre"),
        ("a task has one of: package, command, python", "una tarea lleva una de: package, command, python"),
        ("a task has either %@: or %@:, not both", "una tarea lleva %@: o %@:, no las dos"),
        ("engine: works only with package:", "engine: solo funciona con package:"),
        (
            "a null byte, which no program can get as an argument",
            "un byte nulo, que ningún programa puede recibir como argumento"
        ),
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
        ("a task can't come after itself", "una tarea no puede ir después de sí misma"),
        ("tasks in a circle: %@", "tareas en círculo: %@"),
        (
            "\"%@\" is not a time such as \"30 3 * * *\", @daily or every 15m",
            "«%@» no es un momento como «30 3 * * *», @daily o every 15m"
        ),
        ("\"%@\" never comes", "«%@» no llega nunca"),
        ("\"%@\" is not within %@-%@", "«%@» no está entre %@ y %@"),
        ("\"%@\" is more often than every 1s", "«%@» es más a menudo que every 1s"),
    ]
}
