"""Writes the Parquet files beside this script, with pyarrow 25: python generate.py.

They come from another implementation than the one that reads them. Each of the files codec-*,
pages-* and encoding-* holds the same 1000 rows, which the tests compute by themselves.
"""

import datetime as dt
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
ROWS = 1000
DAY = dt.date(2026, 1, 1)
MOMENT = dt.datetime(2026, 1, 1)


def write(name, table, **options):
    pq.write_table(table, HERE / f"{name}.parquet", **options)


def every(step, value):
    """A value for each row, but NULL in each row whose number is a multiple of step."""
    return [None if i % step == 0 else value(i) for i in range(ROWS)]


rows = pa.table(
    {
        "id": pa.array(range(ROWS), pa.int32()),
        "big": pa.array(every(7, lambda i: i * 10_000_000_000), pa.int64()),
        "name": pa.array(every(5, lambda i: f"name {i % 50} é"), pa.string()),
        "price": pa.array(
            every(3, lambda i: decimal.Decimal(i).scaleb(-2)), pa.decimal128(12, 2)
        ),
        "ratio": pa.array(every(11, lambda i: i / 8), pa.float64()),
        "flag": pa.array(every(13, lambda i: i % 2 == 1), pa.bool_()),
        "day": pa.array(every(17, lambda i: DAY + dt.timedelta(days=i)), pa.date32()),
        "at": pa.array(
            every(19, lambda i: MOMENT + dt.timedelta(seconds=i, microseconds=i)),
            pa.timestamp("us"),
        ),
    }
)
for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
    write(f"codec-{codec}", rows, compression=codec)
write("pages-v2", rows, data_page_version="2.0", compression="snappy", data_page_size=512)
write("pages-v1-checksums", rows, write_page_checksum=True, data_page_size=512)
write("pages-v2-null-codec", rows, data_page_version="2.0", compression="none")
write("pages-row-groups", rows, row_group_size=64)
write("encoding-plain", rows, use_dictionary=False)
write(
    "encoding-delta",
    rows,
    use_dictionary=False,
    data_page_version="2.0",
    column_encoding={
        "id": "DELTA_BINARY_PACKED",
        "big": "DELTA_BINARY_PACKED",
        "name": "DELTA_BYTE_ARRAY",
        "ratio": "BYTE_STREAM_SPLIT",
        "flag": "RLE",
        "at": "DELTA_BINARY_PACKED",
    },
)
write(
    "encoding-delta-length",
    rows,
    use_dictionary=False,
    column_encoding={"name": "DELTA_LENGTH_BYTE_ARRAY"},
)
write("pages-int96", rows, use_deprecated_int96_timestamps=True)
write("types-decimals-as-integers", rows, store_decimal_as_integer=True)

moment = dt.datetime(1969, 12, 31, 23, 59, 59, 123456)
write(
    "types",
    pa.table(
        {
            "i2": pa.array([-32768, None], pa.int16()),
            "i1": pa.array([-128, None], pa.int8()),
            "i4": pa.array([-(2**31), None], pa.int32()),
            "i8": pa.array([-(2**63), None], pa.int64()),
            "u2": pa.array([65535, None], pa.uint16()),
            "f4": pa.array([1.5, None], pa.float32()),
            "f8": pa.array([float("nan"), None], pa.float64()),
            "n9": pa.array([decimal.Decimal("-1234567.89"), None], pa.decimal128(9, 2)),
            "n38": pa.array([decimal.Decimal("-1" + "0" * 35 + ".01"), None], pa.decimal128(38, 2)),
            "b": pa.array([True, None], pa.bool_()),
            "c": pa.array(["ab  ", None], pa.string()),
            "v": pa.array(["", None], pa.large_string()),
            "e": pa.array(["x", None], pa.dictionary(pa.int8(), pa.string())),
            "vb": pa.array([b"\x00\xff", None], pa.binary()),
            "fb": pa.array([b"\x01\x02\x03", None], pa.binary(3)),
            "d": pa.array([dt.date(1, 1, 1), None], pa.date32()),
            "ms": pa.array([moment, None], pa.timestamp("ms")),
            "us": pa.array([moment, None], pa.timestamp("us")),
            "ns": pa.array([-876543211, None], pa.timestamp("ns")),
            "tz": pa.array([moment, None], pa.timestamp("us", tz="Europe/Berlin")),
        }
    ),
    coerce_timestamps=None,
    version="2.6",
)

required = pa.schema(
    [pa.field("id", pa.int32(), nullable=False), pa.field("name", pa.string(), nullable=False)]
)
write("required", pa.table({"id": [1, 2], "name": ["a", "b"]}, schema=required))
write("no-rows", rows.slice(0, 0))
write("time", pa.table({"t": pa.array([dt.time(1, 2, 3)], pa.time64("us"))}))

struct = pa.struct([("a", pa.int32()), ("b", pa.list_(pa.string()))])
write(
    "nested",
    pa.table(
        {
            "id": pa.array([1, 2, 3], pa.int32()),
            "s": pa.array([{"a": 1, "b": ["x", None]}, None, {"a": None, "b": []}], struct),
            "l": pa.array([[[1], []], [], None], pa.list_(pa.list_(pa.int64()))),
            "m": pa.array([[("k", 1.5), ("n", None)], [], None], pa.map_(pa.string(), pa.float64())),
            "t": pa.array(['{"j": 1}', 'say "hi"', None], pa.string()),
            "o": pa.array(
                [{"d": DAY, "n": decimal.Decimal("1.50"), "f": True}, None, None],
                pa.struct([("d", pa.date32()), ("n", pa.decimal128(5, 2)), ("f", pa.bool_())]),
            ),
        }
    ),
)
