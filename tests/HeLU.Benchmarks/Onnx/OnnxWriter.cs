using System.Runtime.InteropServices;
using Google.Protobuf;
using Helu.Inference.Graphs;
using Helu.Inference.Tracing;

namespace Helu.Benchmarks.Onnx;

/// <summary>
/// Writes a recorded forward, before fusion, as an ONNX model (opset 17, float32) of the shapes that it was recorded with: the same folded weights
/// in the format that other runtimes read. One input, one output.
/// </summary>
internal sealed class OnnxWriter
{
    public const string InputName = "input";
    public const string OutputName = "output";

    /// <summary>The last operator set whose ReduceMean takes its axes as an attribute.</summary>
    private const int OperatorSet = 17;

    /// <summary>The format's version that came with it.</summary>
    private const int FormatVersion = 8;

    private readonly GraphProto _graph = new() { Name = "forward" };
    private readonly Dictionary<Value, string> _names = [];
    private readonly HashSet<string> _initializers = [];

    private OnnxWriter()
    {
    }

    /// <summary>The model's bytes, as in an <c>.onnx</c> file.</summary>
    /// <exception cref="NotSupportedException">The graph has an operation that is not written; the message names it.</exception>
    public static byte[] Write(Graph graph)
    {
        var writer = new OnnxWriter();
        writer.Add(graph);
        return new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "HeLU.Benchmarks",
            OpsetImport = { new OperatorSetIdProto { Version = OperatorSet } },
            Graph = writer._graph,
        }.ToByteArray();
    }

    /// <summary>A node of one output.</summary>
    public void AddNode(Node node, string operation, string[] inputs, params AttributeProto[] attributes) => _graph.Node.Add(new NodeProto
    {
        Name = $"{operation}_{_graph.Node.Count}",
        OpType = operation,
        Input = { inputs },
        Output = { NameOf(node.Output) },
        Attribute = { attributes },
    });

    /// <summary>What an operation calls a value; a name is given on the first use.</summary>
    public string NameOf(Value value)
    {
        if (!_names.TryGetValue(value, out string? name))
            _names[value] = name = $"value_{_names.Count}";
        return name;
    }

    /// <summary>A weight under its name in the state dict; written once.</summary>
    public string Weight(ModuleNode module, string weight)
    {
        Weight held = module.Weights[weight];
        return Initializer($"{module.Path}.{weight}", TensorProto.Types.DataType.Float, held.Shape, MemoryMarshal.AsBytes<float>(held.Data));
    }

    /// <summary>A shape as a constant.</summary>
    public string Shape(long[] shape) =>
        Initializer($"shape_{string.Join('x', shape)}", TensorProto.Types.DataType.Int64, [shape.Length], MemoryMarshal.AsBytes<long>(shape));

    private void Add(Graph graph)
    {
        _names[graph.Inputs.Single()] = InputName;
        _names[graph.Output] = OutputName;
        _graph.Input.Add(Described(graph.Inputs[0]));
        foreach (Node node in graph.Nodes)
            OnnxOperations.Write(this, node);
        _graph.Output.Add(Described(graph.Output));
    }

    private string Initializer(string name, TensorProto.Types.DataType type, long[] shape, ReadOnlySpan<byte> data)
    {
        if (_initializers.Add(name))
            _graph.Initializer.Add(new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(data) });
        return name;
    }

    private ValueInfoProto Described(Value value) => new()
    {
        Name = NameOf(value),
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto { Dim = { value.shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } },
            },
        },
    };
}
