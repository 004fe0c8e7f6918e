using System.Globalization;
using System.Text;
using System.Text.Json;
using Helu.Inference.Graphs;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;

namespace Helu.Inference;

/// <summary>
/// The structure of a frozen model as JSON: <c>{"version": 1, "inputs": [[1, 28, 28]], "override": {"kind": "HeLU", "parameters": [0.05, 0, 0]}, "root": MODULE}</c>, a module being
/// <c>{"type": "Conv2d", "attributes": {...}, "children": [{"field": "conv1", "key": "conv1", "module": MODULE or null}]}</c>.
/// </summary>
internal static class StructureJson
{
    private const int Version = 1;
    private const int MaxDepth = 512;

    public static string Write(FrozenModel model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("inputs");
            foreach (long[] shape in model.InputShapes)
                WriteValue(json, shape);
            json.WriteEndArray();
            if (model.Settings.Override is { } asked)
            {
                json.WriteStartObject("override");
                json.WriteString("kind", asked.Kind.ToString());
                json.WritePropertyName("parameters");
                WriteValue(json, (double[])[asked.P0, asked.P1, asked.P2]);
                json.WriteEndObject();
            }
            json.WritePropertyName("root");
            WriteModule(json, model.Root);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <exception cref="InvalidDataException">It is not of that form.</exception>
    public static LoadedModel Read(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            JsonElement json = document.RootElement;
            int version = json.GetProperty("version").GetInt32();
            if (version != Version)
                throw new InvalidDataException($"{path}: the structure has version {version}; expected {Version}. It was written by another version of HeLU.Inference.");
            long[][] inputs = [.. json.GetProperty("inputs").EnumerateArray().Select(shape => (long[])ReadValue(shape))];
            return new(ReadModule(json.GetProperty("root")), new ForwardSettings(ReadOverride(json)), inputs);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or InvalidCastException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: the structure in the metadata is damaged: {e.Message}", e);
        }
    }

    private static ActivationSpec? ReadOverride(JsonElement json)
    {
        if (!json.TryGetProperty("override", out JsonElement asked))
            return null;
        var kind = Enum.Parse<Kind>(asked.GetProperty("kind").GetString()!);
        if (asked.TryGetProperty("parameters", out JsonElement parameters))
            return new(kind, parameters[0].GetDouble(), parameters[1].GetDouble(), parameters[2].GetDouble());
        // Files of the first version have one number, for HeLU, LeakyReLU and ELU.
        ActivationSpec otherwise = KindParameters.Default(kind);
        return kind is Kind.HeLU or Kind.LeakyReLU or Kind.ELU ? otherwise with { P0 = asked.GetProperty("alpha").GetDouble() } : otherwise;
    }

    private static void WriteModule(Utf8JsonWriter json, ModuleNode module)
    {
        json.WriteStartObject();
        json.WriteString("type", module.Type);
        if (module.Attributes.Count > 0)
        {
            json.WriteStartObject("attributes");
            foreach ((string name, object value) in module.Attributes)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
            json.WriteEndObject();
        }
        if (module.Children.Count > 0)
        {
            json.WriteStartArray("children");
            foreach (Child child in module.Children)
                WriteChild(json, child);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteChild(Utf8JsonWriter json, Child child)
    {
        json.WriteStartObject();
        json.WriteString("field", child.Field);
        json.WriteString("key", child.Key);
        json.WritePropertyName("module");
        if (child.Module is null)
            json.WriteNullValue();
        else
            WriteModule(json, child.Module);
        json.WriteEndObject();
    }

    private static ModuleNode ReadModule(JsonElement json)
    {
        var module = new ModuleNode(json.GetProperty("type").GetString()!);
        if (json.TryGetProperty("attributes", out JsonElement attributes))
        {
            foreach (JsonProperty attribute in attributes.EnumerateObject())
                module.Attributes[attribute.Name] = ReadValue(attribute.Value);
        }
        if (json.TryGetProperty("children", out JsonElement children))
        {
            foreach (JsonElement child in children.EnumerateArray())
            {
                JsonElement inner = child.GetProperty("module");
                module.Children.Add(new(
                    child.GetProperty("field").GetString()!, child.GetProperty("key").GetString()!, inner.ValueKind == JsonValueKind.Null ? null : ReadModule(inner)));
            }
        }
        ModuleTypes.CheckSizes(module);
        return module;
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                string text = number.ToString("R", CultureInfo.InvariantCulture);
                json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
                break;
            case double number:
                json.WriteStringValue(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case string written:
                json.WriteStringValue(written);
                break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (object item in items)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"An attribute of type {value.GetType()} can't be stored.");
        }
    }

    private static object ReadValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number when json.TryGetInt64(out long whole) => whole,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Array => ReadArray([.. json.EnumerateArray().Select(ReadValue)]),
        _ => throw new InvalidDataException($"an attribute is {json.ValueKind}"),
    };

    /// <summary>An empty array may be of any kind: it is kept as one of whole numbers, and read as what is asked for.</summary>
    private static object ReadArray(object[] items) => items switch
    {
        [] => Array.Empty<long>(),
        [bool, ..] => items.Cast<bool>().ToArray(),
        [string, ..] => items.Cast<string>().ToArray(),
        _ when items.All(item => item is long) => items.Cast<long>().ToArray(),
        _ => items.Select(item => Convert.ToDouble(item, CultureInfo.InvariantCulture)).ToArray(),
    };
}
