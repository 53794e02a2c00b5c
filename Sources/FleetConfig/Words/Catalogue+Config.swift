package import FleetBase

extension Catalogue {
    package static let config = Part(sentences, tasks)

    private static let sentences: [Entry] = [
        ("the path %@ does not begin with / or ~/", "la ruta %@ no empieza por / ni por ~/"),
        ("it counts for fleet in every folder", "vale para fleet en cualquier carpeta"),
        (
            "the address of a broker begins with mqtt:// or mqtts://",
            "la dirección de un bróker empieza por mqtt:// o mqtts://"
        ),
        (
            "a password has no place in the address of a broker",
            "una contraseña no tiene sitio en la dirección de un bróker"
        ),
        (
            "put it into hosts.yaml: events: [{ mqtt: URL, user: NAME, password: { file: FILE } }]",
            "ponla en hosts.yaml: events: [{ mqtt: URL, user: NOMBRE, password: { file: ARCHIVO } }]"
        ),
        (
            "the user in the address of a broker is empty",
            "el usuario en la dirección de un bróker está vacío"
        ),
        ("the address of a broker ends with a topic", "la dirección de un bróker termina con un tema"),
        ("\"%@\" is not a topic that events can go to", "«%@» no es un tema al que puedan ir eventos"),
        ("such as mqtts://broker.example.org/upb/logs", "como mqtts://broker.example.org/upb/logs"),
        ("a password needs a user beside it", "una contraseña necesita un usuario a su lado"),
        ("certificates are for mqtts:// alone", "los certificados son solo para mqtts://"),
        (
            "write mqtts:// in the address, or leave ca: out",
            "escribe mqtts:// en la dirección, o quita ca:"
        ),
        ("%@ stands here twice", "%@ está aquí dos veces"),
        ("the keys that may stand here: %@", "las claves que pueden estar aquí: %@"),
        ("the host %@ is in the inventory already", "el host %@ ya está en el inventario"),
        ("\"%@\" is not a name or an IP address", "«%@» no es un nombre ni una dirección IP"),
        ("group", "grupo"),
        ("tag", "etiqueta"),
        (
            "written in a way that can't be changed here without harm",
            "está escrito de un modo que no se puede cambiar aquí sin dañarlo"
        ),
        ("make this change in an editor", "haz este cambio en un editor"),
        ("%@ is locked by another fleet", "otro fleet tiene bloqueado %@"),
        ("not valid JSON", "no es JSON válido"),
        ("can't %@ %@: %@", "no se puede %@ %@: %@"),
        ("open", "abrir"),
        ("read", "leer"),
        ("write", "escribir"),
        ("sync", "guardar en el disco"),
        ("replace", "reemplazar"),
        ("make", "crear"),
        ("lock", "bloquear"),
        ("\"%@\" is not a range of hosts such as web[01:03]", "«%@» no es un rango de hosts como web[01:03]"),
        ("%@ is not the head of a section", "%@ no es la cabecera de una sección"),
        ("variables left out: %@", "variables omitidas: %@"),
        ("\"%@\" is not a host", "«%@» no es un host"),
        (
            "say what the file is with --kind: it was read as an Ansible inventory",
            "di qué es el archivo con --kind: se ha leído como un inventario de Ansible"
        ),
        ("\"%@\" is not a group", "«%@» no es un grupo"),
        (
            "\"%@\" is not a variable such as ansible_host=192.0.2.5",
            "«%@» no es una variable como ansible_host=192.0.2.5"
        ),
        ("%@: no hosts were found", "%@: no se ha encontrado ningún host"),
        ("say what the file is with --kind, one of: %@", "di qué es el archivo con --kind, uno de: %@"),
        ("%@ has the same address as %@: %@", "%@ tiene la misma dirección que %@: %@"),
        ("keys of the workers left out: %@", "claves de los trabajadores omitidas: %@"),
        ("%@:%@: this Match block is left out", "%@:%@: se omite este bloque Match"),
        (
            "%@:%@: ProxyCommand is left out: give the host to go through as jump",
            "%@:%@: se omite ProxyCommand: indica en jump el host por el que pasar"
        ),
        (
            "%@:%@: Include is not followed: import those files too",
            "%@:%@: no se sigue Include: importa también esos archivos"
        ),
        ("there are: %@, …", "hay: %@, …"),
        ("min is %@, above max, which is %@", "min es %@, mayor que max, que es %@"),
        (
            "%@: the key %@ is left out: ssh's tokens are not filled in here",
            "%@: se omite la clave %@: aquí no se sustituyen los comodines de ssh"
        ),
        ("no address in this worker", "este trabajador no tiene dirección"),
        (
            "%@: port %@ is the worker's HTTP port, not SSH's, and is left out",
            "%@: el puerto %@ es el HTTP del trabajador, no el de SSH, y se omite"
        ),
        ("\"%@\" is called %@ here", "«%@» se llama aquí %@"),
        ("groups in a circle: %@", "grupos en círculo: %@"),
        ("unknown %@ \"%@\", did you mean \"%@\"?", "no existe este nombre de %@: «%@», ¿querías decir «%@»?"),
        ("unknown %@ \"%@\"", "no existe este nombre de %@: «%@»"),
        ("no host matches \"%@\"", "ningún host coincide con «%@»"),
        ("a group", "un grupo"),
        ("a host", "un host"),
        (
            "\"transport: local\" is this machine, but the address is %@",
            "«transport: local» es esta máquina, pero la dirección es %@"
        ),
        ("leave transport out, or set the address to localhost", "quita transport o pon localhost como dirección"),
        ("jump hosts in a circle: %@", "hosts de salto en círculo: %@"),
        ("%@:%@: left out: %@", "%@:%@: se omite: %@"),
        ("a quote is not closed in %@", "hay una comilla sin cerrar en %@"),
        ("an empty command", "un comando vacío"),
        ("an engine", "un motor"),
        ("a package needs at least one engine", "un paquete necesita al menos un motor"),
        ("--%@ is given twice", "--%@ aparece dos veces"),
        ("--%@ is missing: %@ has no default for it", "falta --%@: %@ no tiene un valor por omisión para él"),
        ("%@ has no parameter \"%@\"", "%@ no tiene el parámetro «%@»"),
        ("%@ has no parameter \"%@\", did you mean \"%@\"?", "%@ no tiene el parámetro «%@», ¿querías decir «%@»?"),
        ("a package", "un paquete"),
        ("a version", "una versión"),
        ("a metric", "una métrica"),
        ("a parameter", "un parámetro"),
        ("\"%@\" is a name of the parameter \"%@\" already", "«%@» ya es un nombre del parámetro «%@»"),
        ("\"%@\" does not go with this type of parameter", "«%@» no corresponde a este tipo de parámetro"),
        ("a whole number", "un número entero"),
        ("a number", "un número"),
        ("true or false", "true o false"),
        ("expected %@, found \"%@\"", "se esperaba %@, hay «%@»"),
        ("--%@: %@", "--%@: %@"),
        ("%@ is below the minimum %@", "%@ es menor que el mínimo %@"),
        ("%@ is above the maximum %@", "%@ es mayor que el máximo %@"),
        ("%@ is no number that JSON has a word for", "%@ no es un número que se pueda decir en JSON"),
        ("no folder from %@ upwards has an inventory/", "ninguna carpeta desde %@ hacia arriba tiene un inventory/"),
        (
            "make a project here with `fleet init`, or name one with --project",
            "crea aquí un proyecto con `fleet init` o indica uno con --project"
        ),
        (
            "take the file back from git, or delete it: fleet gathers it again",
            "recupera el archivo de git o bórralo: fleet lo reúne otra vez"
        ),
        ("nothing to sweep over", "no hay valores que recorrer"),
        ("the matrix has more than %@ combinations", "la matriz tiene más de %@ combinaciones"),
        ("the range %@ is empty", "el rango %@ está vacío"),
        ("the task of line %@ has the same name", "la tarea de la línea %@ tiene el mismo nombre"),
        ("a task", "una tarea"),
        ("\"%@\" stands in parameters and in matrix", "«%@» está en parameters y en matrix"),
        ("\"%@\" can't be the name of %@", "«%@» no puede ser el nombre de %@"),
        (
            "names have letters from a to z, digits, \".\", \"_\" and \"-\", and at most 64 characters",
            "los nombres llevan letras de la a a la z (sin tildes ni ñ), dígitos, «.», «_» y «-», y como mucho 64 caracteres"
        ),
        (
            "a second document starts here: one file holds one",
            "aquí empieza un segundo documento: un archivo contiene uno"
        ),
        ("nested too deeply", "demasiados niveles de anidamiento"),
        ("too many values, aliases written out", "demasiados valores, con los alias desplegados"),
        ("no anchor \"%@\" above this alias", "no hay ningún ancla «%@» antes de este alias"),
        ("the key \"%@\" stands in line %@ already", "la clave «%@» ya está en la línea %@"),
        ("a key must be plain text", "una clave debe ser un texto"),
        ("the tag %@ is not supported", "la etiqueta %@ no está admitida"),
        ("not valid YAML: %@", "no es YAML válido: %@"),
        ("indent with spaces: YAML allows no tabs there", "sangra con espacios: YAML no admite tabuladores ahí"),
        ("a text", "un texto"),
        ("a list", "una lista"),
        ("a mapping", "un mapa"),
        ("\"%@\" is none of: %@", "«%@» no es ninguno de: %@"),
        ("expected %@, found %@", "se esperaba %@, hay %@"),
        ("nothing", "nada"),
        ("the text \"%@\"", "el texto «%@»"),
        ("the key \"%@\" is missing", "falta la clave «%@»"),
        ("unknown key \"%@\"", "clave desconocida «%@»"),
        ("unknown key \"%@\", did you mean \"%@\"?", "clave desconocida «%@», ¿querías decir «%@»?"),
        ("there is no key \"%@\"", "no hay ninguna clave «%@»"),
        (
            "make it with: fleet keys new %@; a path to a key needs a slash, such as ./%@",
            "créala con: fleet keys new %@; la ruta de una clave necesita una barra, como ./%@"
        ),
        ("the key of %@ is damaged", "la clave de %@ está dañada"),
        ("a quote has no end", "unas comillas no se cierran"),
        (
            "the line does not begin with a name, such as ana@example.org",
            "la línea no empieza por un nombre, como ana@example.org"
        ),
        ("there is no key on the line", "no hay ninguna clave en la línea"),
        (
            "fleet does not read certificates, so cert-authority can't be honoured",
            "fleet no lee certificados, así que cert-authority no se puede respetar"
        ),
        ("name the signers' own keys", "nombra las claves de los propios firmantes"),
        (
            "\"%@\" is neither an option nor a kind of key that fleet knows",
            "«%@» no es ni una opción ni un tipo de clave que fleet conozca"
        ),
        (
            "options are namespaces=, valid-after= and valid-before=; the key is ssh-ed25519",
            "las opciones son namespaces=, valid-after= y valid-before=; la clave es ssh-ed25519"
        ),
        ("valid-before is not later than valid-after", "valid-before no es posterior a valid-after"),
        ("%@ needs a value in quotes", "%@ necesita un valor entre comillas"),
        ("%@ stands there twice", "%@ aparece dos veces"),
        ("%@: \"%@\" is not a time", "%@: «%@» no es una fecha"),
        ("write it as 20271231 or 202712312359Z", "escríbela como 20271231 o 202712312359Z"),
        ("a key of the kind %@ can't be checked", "no se puede comprobar una clave del tipo %@"),
        (
            "fleet checks signatures of Ed25519 keys: ssh-ed25519",
            "fleet comprueba firmas de claves Ed25519: ssh-ed25519"
        ),
        ("an image needs from: or build:", "una imagen necesita from: o build:"),
        ("from: scratch is an empty one", "from: scratch es una vacía"),
        ("an image has either from: or build:", "una imagen lleva from: o build:, no las dos"),
        ("a program", "un programa"),
        ("the package %@ is there already", "el paquete %@ ya existe"),
        ("choose another name", "elige otro nombre"),
        ("\"%@\" can't be the name of a package", "«%@» no puede ser el nombre de un paquete"),
        ("%@ has no inventory/hosts.yaml", "%@ no tiene inventory/hosts.yaml"),
        ("make one with: fleet init %@", "créalo con: fleet init %@"),
        ("%@ has no inventory/", "%@ no tiene inventory/"),
        ("make a project there with: fleet init %@", "crea allí un proyecto con: fleet init %@"),
        ("\"%@\" can't be the name of a conversation", "«%@» no puede ser el nombre de una conversación"),
        ("%@ is no conversation", "%@ no es una conversación"),
        (
            "begin it anew with --new, or remove the file",
            "empiézala de nuevo con --new, o borra el archivo"
        ),
        ("can't write %@", "no se puede escribir %@"),
        ("can't make the folder %@", "no se puede crear la carpeta %@"),
        ("there are: %@", "hay: %@"),
    ]
}
