/// The numbers by which PostgreSQL knows its types (`pg_type.dat` in its source). They are the same on every server; those
/// of types that a schema makes begin at [`Oid::FIRST_OWN`].
struct Oid;

impl Oid {
    /// The type is not told: the server infers it.
    const UNTOLD: u32 = 0;
    const BOOL: u32 = 16;
    const BYTEA: u32 = 17;
    const NAME: u32 = 19;
    const INT8: u32 = 20;
    const INT2: u32 = 21;
    const INT4: u32 = 23;
    const TEXT: u32 = 25;
    const JSON: u32 = 114;
    const FLOAT4: u32 = 700;
    const FLOAT8: u32 = 701;
    const BPCHAR: u32 = 1042;
    const VARCHAR: u32 = 1043;
    const DATE: u32 = 1082;
    const TIME: u32 = 1083;
    const TIMESTAMP: u32 = 1114;
    const TIMESTAMPTZ: u32 = 1184;
    const NUMERIC: u32 = 1700;
    const UUID: u32 = 2950;
    const JSONB: u32 = 3802;
    const FIRST_OWN: u32 = 16_384;

    /// Each type, the type of a list of it, and its name.
    const KNOWN: [(u32, u32, &'static str); 19] = [
        (Self::BOOL, 1000, "boolean"),
        (Self::BYTEA, 1001, "bytea"),
        (Self::NAME, 1003, "name"),
        (Self::INT8, 1016, "bigint"),
        (Self::INT2, 1005, "smallint"),
        (Self::INT4, 1007, "integer"),
        (Self::TEXT, 1009, "text"),
        (Self::JSON, 199, "json"),
        (Self::FLOAT4, 1021, "real"),
        (Self::FLOAT8, 1022, "double precision"),
        (Self::BPCHAR, 1014, "char"),
        (Self::VARCHAR, 1015, "varchar"),
        (Self::DATE, 1182, "date"),
        (Self::TIME, 1183, "time"),
        (Self::TIMESTAMP, 1115, "timestamp"),
        (Self::TIMESTAMPTZ, 1185, "timestamptz"),
        (Self::NUMERIC, 1231, "numeric"),
        (Self::UUID, 2951, "uuid"),
        (Self::JSONB, 3807, "jsonb"),
    ];

    /// The type of a list whose items are of type `item`.
    fn list_of(item: u32) -> u32 {
        let known = Self::KNOWN.iter().find(|(oid, ..)| *oid == item);
        known.map_or(Self::UNTOLD, |(_, list, _)| *list)
    }

    /// The type of the items of the list type `list`.
    fn item_of(list: u32) -> u32 {
        let known = Self::KNOWN.iter().find(|(_, of, _)| *of == list);
        known.map_or(Self::UNTOLD, |(oid, ..)| *oid)
    }

    /// What a type is called.
    fn name(oid: u32) -> String {
        for (item, list, name) in Self::KNOWN {
            if item == oid {
                return name.to_owned();
            }
            if list == oid {
                return format!("{name}[]");
            }
        }
        format!("the type with the number {oid}")
    }
}
