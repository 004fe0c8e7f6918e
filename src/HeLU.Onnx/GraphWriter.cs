using System.Globalization;
using Google.Protobuf;
using Helu.Inference;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;
using Helu.Onnx.Batches;
using Helu.Onnx.Operations;
using Helu.Onnx.Schema;
using static Helu.Onnx.Schema.TensorProto.Types;

namespace Helu.Onnx;

/// <summary>
/// Writes a recorded forward, before fusion, as an ONNX graph. Values have names: the inputs those of forward's parameters, weights those of the state dict, results <c>layer1.0.conv1.Conv</c>, module and operation,
/// or the operation alone for a function.
/// </summary>
internal sealed class GraphWriter
{
    /// <summary>The first operator set with Gelu; Mish came with 18, LayerNormalization with 17 (https://onnx.ai/onnx/operators).</summary>
    private const int OperatorSet = 20;

    /// <summary>The format's version that came with it, in ONNX 1.15.</summary>
    private const int FormatVersion = 9;

    private readonly GraphProto _proto = new();
    private readonly List<(TensorProto, float[])> _weights = [];
    private readonly Dictionary<Value, string> _names = [];
    private readonly Dictionary<string, string> _constants = [];
    private readonly HashSet<string> _taken;
    private readonly Dictionary<Weight, string> _weightNames;
    private readonly HashSet<string> _written = [];
    private readonly DynamicGraph _graph;
    private readonly FrozenModel _model;
    private readonly string _output;
    private string _module = "";
    private string? _batch;

    private GraphWriter(FrozenModel model, DynamicGraph graph, OnnxPrecision precision)
    {
        (_model, _graph, Precision) = (model, graph, precision);
        _taken = [.. model.Class.Inputs];
        _output = Unique("output");
        _weightNames = new(ReferenceEqualityComparer.Instance);
        foreach (ModuleNode module in model.Root.DescendantsAndSelf())
        {
            foreach ((string name, Weight weight) in module.Weights)
                _weightNames[weight] = Unique(module.Name(name));
        }
    }

    public OnnxPrecision Precision { get; }

    private DataType FloatType => Precision == OnnxPrecision.Float16 ? DataType.Float16 : DataType.Float;

    public static OnnxModel Write(FrozenModel model, DynamicGraph graph, OnnxPrecision precision)
    {
        var writer = new GraphWriter(model, graph, precision);
        writer.WriteGraph();
        var proto = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "HeLU.Onnx",
            ProducerVersion = typeof(GraphWriter).Assembly.GetName().Version!.ToString(3),
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
            Graph = writer._proto,
        };
        proto.MetadataProps.Add(ActivationMetadata.Of(graph.Nodes));
        return new(proto, writer._weights);
    }

    public Size[] Shape(Value value) => _graph.Shape(value);

    /// <summary>A number that a node holds, for every batch size.</summary>
    public Size Find<T>(T node, Func<T, long> number, string name)
        where T : Node => _graph.Find(node, number, name);

    public string NameOf(Value value) => _names[value];

    /// <summary>A node of one output, whose name is returned. An input of "" is left out.</summary>
    public string Add(string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = Unique(_module.Length == 0 ? operation : $"{_module}.{operation}");
        var node = new NodeProto { Name = name, OpType = operation, Input = { inputs.Reverse().SkipWhile(input => input.Length == 0).Reverse() }, Output = { name } };
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        _proto.Node.Add(node);
        return name;
    }

    /// <summary>The name of a weight, which is written on the first use.</summary>
    public string Weight(Weight weight)
    {
        string name = _weightNames[weight];
        if (_written.Add(name))
            AddFloats(name, weight.Shape, weight.Data);
        return name;
    }

    /// <summary>Floats as a constant, in the precision of the model.</summary>
    public string Constant(float[] data, params long[] shape)
    {
        string key = $"{string.Join(' ', data.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))} {Shapes.Text(shape)}";
        if (!_constants.TryGetValue(key, out string? name))
        {
            _constants[key] = name = Unique("constant");
            AddFloats(name, shape, data);
        }
        return name;
    }

    /// <summary>Floats as a constant of one dimension that is float32 whatever the precision of the model.</summary>
    public string Float32(float[] data)
    {
        string name = Unique("constant");
        _proto.Initializer.Add(new TensorProto { Name = name, DataType = DataType.Float, Dims = { data.Length }, RawData = TensorBytes.Of(DataType.Float, data) });
        return name;
    }

    /// <summary>A number as a constant without dimensions.</summary>
    /// <exception cref="NotSupportedException">float16 can't hold it.</exception>
    public string Scalar(float value)
    {
        if (Precision == OnnxPrecision.Float16 && value != 0 && (Half)value == (Half)0)
            throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"The number {value} in the forward of {_model.Class.TypeName} is 0 in float16; export float32."));
        return Constant([value], []);
    }

    /// <summary>Whole numbers as a constant of one dimension.</summary>
    public string Integers(params long[] values) => Integers(values, [values.Length]);

    public string Integers(long[] values, long[] shape)
    {
        string key = $"int64 {Shapes.Text(values)} {Shapes.Text(shape)}";
        if (!_constants.TryGetValue(key, out string? name))
        {
            _constants[key] = name = Unique("constant");
            byte[] bytes = new byte[values.Length * sizeof(long)];
            for (int i = 0; i < values.Length; i++)
                System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
            _proto.Initializer.Add(new TensorProto { Name = name, DataType = DataType.Int64, Dims = { shape }, RawData = UnsafeByteOperations.UnsafeWrap(bytes) });
        }
        return name;
    }

    /// <summary>Sizes as one tensor: a constant where none depends on the batch, else worked out from the first input's shape.</summary>
    public string Sizes(params ReadOnlySpan<Size> sizes)
    {
        bool isFixed = true;
        foreach (Size size in sizes)
            isFixed &= size.IsFixed;
        if (isFixed)
            return Integers([.. Fixed(sizes)]);
        var parts = new List<string>();
        foreach (Size size in sizes)
            parts.Add(size.IsFixed ? Integers(size.Fixed) : Grown(size));
        return parts.Count == 1 ? parts[0] : Add("Concat", parts, Attributes.Int("axis", 0));
    }

    private static List<long> Fixed(ReadOnlySpan<Size> sizes)
    {
        var values = new List<long>(sizes.Length);
        foreach (Size size in sizes)
            values.Add(size.Fixed);
        return values;
    }

    private string Grown(Size size)
    {
        _batch ??= Add("Slice", [Add("Shape", [_model.Class.Inputs[0]]), Integers(0), Integers(1)]);
        string samples = size.PerSample == 1 ? _batch : Add("Mul", [_batch, Integers(size.PerSample)]);
        return size.Fixed == 0 ? samples : Add("Add", [samples, Integers(size.Fixed)]);
    }

    private void WriteGraph()
    {
        _proto.Name = _model.Class.TypeName;
        for (int i = 0; i < _graph.Inputs.Count; i++)
            WriteInput(_graph.Inputs[i], _model.Class.Inputs[i]);
        foreach (Node node in _graph.Nodes)
        {
            _module = NodeText.ModuleOf(node)?.Path ?? "";
            int first = _proto.Node.Count;
            _names[node.Output] = NodeWriter.Write(this, node);
            if (ActivationMetadata.Of(node) is { Kind: not Kind.ReLU } spec && _proto.Node.Count > first)
                _proto.Node[first].DocString = ActivationMetadata.Text(spec);
        }
        _module = "";
        WriteOutput();
    }

    private void WriteInput(Value value, string name)
    {
        _proto.Input.Add(Described(name, value.IsIndex ? DataType.Int64 : DataType.Float, Shape(value)));
        bool isCast = !value.IsIndex && Precision == OnnxPrecision.Float16;
        _names[value] = isCast ? Add("Cast", [name], Attributes.Int("to", (long)DataType.Float16)) : name;
    }

    private void WriteOutput()
    {
        string result = _names[_graph.Output];
        NodeProto last = Precision == OnnxPrecision.Float16 && !_graph.Output.IsIndex
            ? NodeOf(Add("Cast", [result], Attributes.Int("to", (long)DataType.Float)))
            : _proto.Node.LastOrDefault(node => node.Output[0] == result) ?? NodeOf(Add("Identity", [result]));
        string name = last.Output[0];
        foreach (NodeProto node in _proto.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
                node.Input[i] = node.Input[i] == name ? _output : node.Input[i];
        }
        last.Output[0] = _output;
        _proto.Output.Add(Described(_output, _graph.Output.IsIndex ? DataType.Int64 : DataType.Float, Shape(_graph.Output)));
    }

    private NodeProto NodeOf(string output) => _proto.Node.Single(node => node.Output[0] == output);

    private void AddFloats(string name, long[] shape, float[] data)
    {
        if (Precision == OnnxPrecision.Float16 && Array.Find(data, value => float.IsFinite(value) && Half.IsInfinity((Half)value)) is not 0 and var large)
            throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"'{name}' holds {large}, beyond float16's 65504; export float32."));
        var tensor = new TensorProto { Name = name, DataType = FloatType, Dims = { shape } };
        _proto.Initializer.Add(tensor);
        _weights.Add((tensor, data));
    }

    /// <summary>The name, numbered where it is taken.</summary>
    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }

    private static ValueInfoProto Described(string name, DataType type, Size[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = type,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        shape.Select(size => size.IsFixed ? new TensorShapeProto.Types.Dimension { DimValue = size.Fixed } : new() { DimParam = size.ToString() }),
                    },
                },
            },
        },
    };
}
