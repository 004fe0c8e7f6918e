using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace Helu.Generators.Tests;

/// <summary>The generated inference class gives what the model gives in eval mode, whatever its forward is written with.</summary>
public class InferenceTests
{
    internal const string Linears = "private readonly Linear fc1 = Linear(6, 8), fc2 = Linear(8, 6);";

    /// <summary>Bodies of a forward over [N, 6] with <see cref="Linears"/>.</summary>
    public static TheoryData<string> Forwards =>
    [
        // spellings of ReLU
        "return functional.relu(x);",
        "return functional.relu(fc1.call(x), inplace: true);",
        "return x.relu();",
        "return fc1.call(x).relu_();",
        "x = x.clone(); x.relu_(); return fc2.call(fc1.call(x));",
        "return torch.nn.functional.relu(fc1.forward(x));",
        "return fc1.call(x)?.relu() ?? x;",
        "var y = x.clone(); y.relu_(); return x + y;",
        // other activations
        "return functional.gelu(x) + x.gelu();",
        "return functional.silu(x) + x.silu() + functional.SiLU(x);",
        "return functional.leaky_relu(x, 0.2) + x.leaky_relu(0.3) + functional.leaky_relu(x);",
        "return functional.elu(x, 0.7) + x.elu() + x.elu(0.5);",
        "return functional.selu(x) + x.selu();",
        "return functional.celu(x, 0.7) + x.celu() + x.celu(0.4);",
        "return functional.mish(x);",
        "return x.sigmoid() + functional.sigmoid(x) + torch.sigmoid(x);",
        "return x.tanh() + functional.tanh(x) + torch.tanh(x);",
        "return functional.softplus(x) + x.softplus(2, 1) + functional.softplus(x, beta: 0.5);",
        "return functional.relu6(x * 5) + (x * 5).relu6();",
        "return functional.hardsigmoid(x * 3) + functional.hardswish(x * 3) + x.hardsigmoid() + x.hardswish();",
        "return x.clamp(-0.5, 0.5) + torch.clamp(x, 0, 1) + x.clamp_min(0.1) + x.clamp_max(0.2) + x.clip(min: -1);",
        "return functional.softmax(x, 1) + x.softmax(-1) + torch.softmax(x, 1);",
        "return functional.log_softmax(x, dim: 1) + x.log_softmax(1);",
        // arithmetic
        "return x + fc2.call(fc1.call(x));",
        "return x - 2 * x + x * 3.5 - 1 + (2 - x) / 2 + 1 / (x * x + 1) + -x;",
        "x += fc2.call(fc1.call(x)); x *= 2; x -= 0.5; x /= 3; return x;",
        "var y = fc2.call(fc1.call(x)); y.add_(x); y.mul_(2).sub_(1); return y;",
        "return x.add(x, 2).sub(1).mul(3).div(2).neg().add(3, 2);",
        "return torch.add(x, x) + torch.mul(x, 2) + torch.sub(x, x * 3) + torch.div(x, 2) + torch.add(x, x, 0.5);",
        "return x.abs() + x.exp() + x.abs().sqrt() + x.square() + x.pow(2) + torch.exp(x) + torch.abs(x);",
        "return torch.maximum(x, -x) + torch.minimum(x, 2 * x) + x.maximum(x * 2) + torch.max(x, x * 3);",
        // shapes
        "return cat(new[] { x, fc2.call(fc1.call(x)) }, 1);",
        "return torch.cat([x, x * 2], dim: -1);",
        "return x.view(-1, 2, 3).transpose(1, 2).reshape(x.shape[0], 6);",
        "return x.reshape(new long[] { x.size(0), 3, 2 }).permute(0, 2, 1).flatten(1);",
        "return x.unsqueeze(1).squeeze(1).view(x.shape[0], -1);",
        "return torch.flatten(x.view(-1, 2, 3), 1, 2);",
        "return x.view(-1, 2, 3).mean(new long[] { 1 }) + x.view(-1, 2, 3).mean(new long[] { -2 }, keepdim: true).flatten(1);",
        "return x.view(-1, 2, 3).sum(1) + x.view(-1, 2, 3).sum(new long[] { 1 });",
        "var parts = x.chunk(2, 1); return parts[0] * parts[1];",
        "return x.narrow(1, 2, 3) + x.slice(1, 0, 3, 1) + x.select(1, 2).unsqueeze(1);",
        "return torch.stack(new[] { x, x * 2 }, 1).flatten(1);",
        "return functional.pad(x, new long[] { 1, 2 });",
        "var shape = x.shape; long n = shape[0], width = shape[^1]; return x.view(n, width / 2, 2).flatten(1);",
        "return x.ndim == 2 && x.dim() == 2 && x.numel() > 0 ? x * x.size(1) : x;",
        // what inference does not need
        "return functional.dropout(x, 0.5, training);",
        "if (training) return torch.rand_like(x) * x; return x.contiguous().alias().detach();",
        "using var scope = NewDisposeScope(); var y = fc1.call(x); return fc2.call(y).MoveToOuterDisposeScope();",
        "using (var scope = torch.NewDisposeScope()) { var y = fc1.call(x); return scope.MoveToOuter(fc2.call(y)); }",
        "using (no_grad()) { using var y = fc1.call(x); var z = fc2.call(y); y.Dispose(); return z.DetachFromDisposeScope(); }",
        "using var d = torch.no_grad(); return fc2.call(fc1.call(x.to(float32))).to(x.device);",
        // control flow over structure
        "if (x.shape[1] == 6) { x = fc2.call(fc1.call(x)); } else { throw new System.ArgumentException(nameof(x)); } return x;",
        "for (int i = 0; i < 3; i++) x = fc2.call(fc1.call(x)); return x;",
        "int i = 3; while (i-- > 0) { if (i == 1) continue; x = fc2.call(fc1.call(x)); } return x;",
        "int i = 0; do { x = fc2.call(fc1.call(x)); } while (++i < 2); return x;",
        "foreach (var layer in new Module<Tensor, Tensor>[] { fc1, fc2 }) x = layer.call(x); return x;",
        "foreach (var k in new[] { 1.0, 0.5 }) x = x * k + k; return x;",
        "var all = new List<Tensor> { x }; for (var i = 0; i < 2; i++) all.Add(fc2.call(fc1.call(all[i]))); return cat(all, 1) * all.Count;",
        "var all = new List<Tensor>(); all.Add(x); all.Add(x * 2); var s = all[0]; foreach (var t in all) s = s + t; return cat(all.ToArray(), 1) + cat(all, 1);",
        "var skips = new Stack<Tensor>(); skips.Push(x); skips.Push(fc1.call(x)); x = fc2.call(skips.Pop()); return x + skips.Pop();",
        "Tensor[] both = [x, x * 2]; both[0] = both[1] + 1; return both[0] - both[^1] * 3;",
        "var (a, b) = (x * 2, x + 1); (a, b) = (b, a); return a - b * 3;",
        "var pair = (First: x, Second: x * 2); return pair.First + pair.Second * pair.Item1;",
        "switch (x.shape.Length) { case 2: x = x * 2; break; case > 2: throw new System.Exception(); default: break; } return x;",
        "var scale = x.size(1) switch { 6 => 2.5, > 6 => 1, _ => 0 }; return x * scale;",
        "Tensor? y = null; if (x.shape[1] > 3) y = x * 2; return y is { } z ? z + x : x;",
        "Tensor? y = x.shape[1] > 9 ? x : null; y ??= x * 3; return y is null ? x : y;",
        "long n = 1; n += 2; n *= (int)2.5; n <<= 1; return x * n * System.Math.Max(n, 3) * System.Math.Sqrt(4.0);",
        "const double half = 1 / 2.0; return x * half * 0.1f * 1e-1 * double.Epsilon + x;",
        "return Twice(Twice(x)); static Tensor Twice(Tensor t) => t * 2;",
        "double k = 3; return Scaled(fc1.call(x)) + Scaled(fc1.call(x)); Tensor Scaled(Tensor t) { var u = t * k; return fc2.call(u); }",
        "Tensor y; { Tensor z = x * 2; y = z; } { Tensor z = x * 3; return y + z; }",
        "return (x = x * 2) + x;",
        "_ = fc1.call(x); return x;",
        "bool deep = x.shape[1] > 2 && !(x.shape[1] == 9) || false; return deep ? fc2.call(fc1.call(x)) : x;",
        "var y = x; y = y.relu(); return x + y;",
        "var identity = x = x + 0.5; x.relu_(); return identity * 2 + x;",
        "var y = fc1.call(x); var z = y; y.relu_(); y = fc2.call(y); return y + fc2.call(z);",
        "return functional.relu(x).add_(x).tanh_().mul_(x);",
        "var y = fc1.call(x); H(y).relu_(); return fc2.call(y); static Tensor H(Tensor a) => a;",
        "var y = fc1.call(x); var z = (y.shape[0] > 0 ? y : x).relu_(); return fc2.call(y + z);",
        "Tensor y; (y = fc1.call(x)).relu_(); return fc2.call(y);",
        "return cat(new[] { x.slice(1, -4, -1, 1), x.slice(1, 2, -2, 1), x.slice(1, 3, 1000, 1) }, 1);",
        "return x switch { { requires_grad: true } => x * 100, _ => x.relu() };",
        "long? n = x.shape[1] > 3 ? 2 : null; return n.HasValue ? x * n.Value : x;",
        "ArgumentNullException.ThrowIfNull(x); System.Diagnostics.Debug.Assert(x.shape[0] > 0); return x * 2;",
        // names
        "var self = x * 2; var Ops = self + 1; Tensor Value = Ops * self; var Kind = 2; var @this = Value * Kind; var @event = @this; return @event + ModuleNode(x); Tensor ModuleNode(Tensor forward) => forward;",
        "var Helu = x; var System = Helu * 2; var global = System + 1; return global;",
    ];

    [Theory]
    [MemberData(nameof(Forwards))]
    public void AForwardIsTheSame(string forward) => AssertSame(Net(Linears, forward), batch => [randn(batch, 6)]);

    /// <summary>Fields, the body of a forward, and the shape of one input.</summary>
    public static TheoryData<string, string, long[]> Modules => new()
    {
        // layers
        { "Conv1d c = Conv1d(3, 4, 3, stride: 2, padding: 1);", "return c.call(x);", [3, 9] },
        { "Conv2d c = Conv2d(3, 4, (3, 1), padding: (1, 0), bias: false); Conv2d d = Conv2d(4, 4, 3, groups: 2, dilation: 2);", "return d.call(c.call(x));", [3, 9, 8] },
        { "ConvTranspose2d c = ConvTranspose2d(3, 2, 3, stride: 2, padding: 1, output_padding: 1);", "return c.call(x);", [3, 4, 4] },
        { "BatchNorm1d n = BatchNorm1d(5);", "return n.call(x);", [5] },
        { "Conv2d c = Conv2d(3, 4, 3, bias: false); BatchNorm2d n = BatchNorm2d(4);", "return functional.relu(n.call(c.call(x)));", [3, 6, 6] },
        { "LayerNorm n = LayerNorm(5); LayerNorm m = LayerNorm(new long[] { 3, 5 });", "return m.call(n.call(x));", [3, 5] },
        { "GroupNorm n = GroupNorm(2, 4);", "return n.call(x);", [4, 3, 3] },
        { "GroupNorm n = GroupNorm(2, 4, affine: false); LayerNorm m = LayerNorm(3);", "return functional.relu(m.call(functional.relu(n.call(x))));", [4, 3, 3] },
        { "Upsample u = Upsample(scale_factor: new[] { 1.3, 2.06 });", "return u.call(x);", [2, 5, 10] },
        { "Linear l = Linear(5, 5); Dropout d = Dropout(0.5); Module<Tensor, Tensor> i = Identity();", "var y = l.call(x); i.call(d.call(y)).relu_(); return y * 2;", [5] },
        { "Dropout d = Dropout(0.9); Dropout2d e = Dropout2d(); AlphaDropout a = AlphaDropout(); Module<Tensor, Tensor> i = Identity();", "return i.call(a.call(e.call(d.call(x))));", [4, 3, 3] },
        { "Flatten f = Flatten(); Linear l = Linear(12, 3);", "return l.call(f.call(x));", [3, 4] },
        { "MaxPool2d p = MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true); MaxPool1d q = MaxPool1d(2);", "return q.call(p.call(x).flatten(1).unsqueeze(1));", [2, 8, 8] },
        { "AvgPool2d p = AvgPool2d(2); AvgPool1d q = AvgPool1d(2); AdaptiveAvgPool1d r = AdaptiveAvgPool1d(3);", "return r.call(q.call(p.call(x).flatten(2)));", [2, 8, 8] },
        { "AdaptiveAvgPool2d p = AdaptiveAvgPool2d((3, 2));", "return p.call(x);", [2, 7, 5] },
        { "Upsample u = Upsample(scale_factor: new double[] { 2, 3 });", "return u.call(x);", [2, 3, 3] },
        { "Softmax s = Softmax(1); LogSoftmax t = LogSoftmax(-1);", "return s.call(x) + t.call(x);", [7] },
        { "GELU a = GELU(); SiLU b = SiLU(); ELU c = ELU(0.5); LeakyReLU d = LeakyReLU(0.2); Mish e = Mish(); SELU f = SELU(); CELU g = CELU(2);", "return a.call(x) + b.call(x) + c.call(x) + d.call(x) + e.call(x) + f.call(x) + g.call(x);", [7] },
        { "Sigmoid a = Sigmoid(); Tanh b = Tanh(); Softplus c = Softplus(); ReLU6 d = ReLU6(); Hardsigmoid e = Hardsigmoid(); Hardswish f = Hardswish();", "return a.call(x) + b.call(x) + c.call(x) + d.call(x) + e.call(x) + f.call(x);", [7] },
        { "PReLU a = PReLU(3, 0.4); PReLU b = PReLU(1); Linear l = Linear(4, 4);", "return b.call(l.call(a.call(x)));", [3, 4] },
        { "TorchSharp.Modules.Parameter slopes = Parameter(ones(3) * 0.4); TorchSharp.Modules.Parameter slope = Parameter(ones(1) * 0.2); Conv1d c = Conv1d(3, 3, 1);", "return functional.prelu(c.call(x), slope) + x.prelu(slopes);", [3, 4] },
        { "Helu.Modules.HeLU a = TorchExtensions.HeLU(0.1);", "return a.call(x) + x.helu(0.2) + TorchExtensions.helu(x, 0.1, false);", [7] },
        // functions over windows
        { "int k = 2;", "return functional.max_pool2d(x, k) + functional.max_pool2d(x, (2, 2)) + functional.max_pool2d(x, new long[] { 2, 2 }, strides: new long[] { 2, 2 });", [2, 8, 8] },
        { "long k = 3;", "return functional.avg_pool2d(x, k, stride: 2, padding: 1, count_include_pad: false).flatten(1) * functional.max_pool2d(x, kernel_size: k, stride: 2, padding: 1).flatten(1);", [2, 8, 8] },
        { "int k = 2;", "return functional.max_pool1d(x, k) + functional.avg_pool1d(x, 2) + functional.adaptive_avg_pool1d(x, 4);", [2, 8] },
        { "int k = 2;", "return functional.adaptive_avg_pool2d(x, 1).flatten(1) + functional.adaptive_avg_pool2d(x, (1, 1)).view(-1, 2) + functional.adaptive_avg_pool2d(x, new long[] { 1, 1 }).view(x.shape[0], 2);", [2, 4, 4] },
        { "double[] twice = { 2, 2 };", "return functional.interpolate(x, scale_factor: twice) + functional.interpolate(x, new long[] { 2 * x.shape[2], 6 }, mode: InterpolationMode.Nearest);", [2, 3, 3] },
        // swapped modules
        { "ReLU r = ReLU(); Module<Tensor, Tensor> s = ReLU(); IModule<Tensor, Tensor> t = ReLU();", "return r.call(x) + s.call(x) * 2 + t.call(x) * 3 + r.forward(x) * 4 + s.forward(x) * 5;", [7] },
        { "ReLU r = ReLU(inplace: true);", "var y = x * 2; var z = r.call(y); return y + z;", [7] },
        { "Sequential s = Sequential(Linear(7, 5), ReLU(), BatchNorm1d(5), Dropout(), Linear(5, 7));", "return x + s.call(x);", [7] },
        { "Sequential s = Sequential((\"in\", Linear(7, 5)), (\"act\", ReLU()), (\"out\", Linear(5, 7)));", "foreach (var layer in s.children()) x = ((Module<Tensor, Tensor>)layer).call(x); return x;", [7] },
        { "Sequential s = Sequential((\"in\", Linear(7, 5)), (\"act\", ReLU()));", "foreach (var (name, layer) in s.named_children()) { if (name != \"act\") x = ((Module<Tensor, Tensor>)layer).call(x); } return x;", [7] },
        { "ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(Linear(7, 5), ReLU(), Linear(5, 7));", "foreach (var layer in list) x = layer.call(x); return x;", [7] },
        { "ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(Linear(7, 5), ReLU(), Linear(5, 7));", "for (int i = 0; i < list.Count; i++) { x = list[i].call(x); if (i == list.Count - 1) x = x * 2; } return x;", [7] },
        { "ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(Linear(7, 5), Linear(5, 7));", "return list[^1].call(list[0].call(x));", [7] },
        { "Module<Tensor, Tensor>[] array = { Linear(7, 5), Linear(5, 7) };", "foreach (var layer in array) x = layer.call(x).relu(); return x * array.Length;", [7] },
        { "ModuleDict<Module<Tensor, Tensor>> dict = ModuleDict<Module<Tensor, Tensor>>((\"a\", Linear(7, 5)), (\"b\", ReLU()));", "return dict[\"b\"].call(dict[\"a\"].call(x));", [7] },
        { "Linear? on = Linear(7, 7), off = null;", "if (on != null) x = on.call(x); if (off is not null) x = off.call(x * 9); return off?.call(x) ?? on?.call(x) ?? x;", [7] },
        { "Linear? off = null; Linear fc = Linear(7, 7);", "var shortcut = off; return fc.call(x) + (shortcut == null ? x : shortcut.call(x));", [7] },
        // plain fields
        { "bool residual = true; double scale = 0.5; int count = 2; long[] widths = { 1, 7 }; string mode = \"sum\"; float shift = 0.25f;", "for (int i = 0; i < count; i++) x = residual ? x + x * scale : x; return mode == \"sum\" ? x.view(-1, widths[1]) + shift : x;", [7] },
        { "static readonly int[] Widths = { 2, 3 }; const int Last = 1; static int Twice(int n) => 2 * n; int Half => Widths[Last] / 2; int Auto { get; } = 4;", "return x * Twice(Half) + Widths.Length + Auto;", [7] },
        { "TorchSharp.Modules.Parameter scale = Parameter(ones(7) * 3); Tensor shift = ones(1, 7) * 2;", "return x * scale + shift - scale;", [7] },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void AForwardOfModulesIsTheSame(string fields, string forward, long[] shape)
    {
        AssertSame(Net(Members(fields), forward), batch => [randn([batch, .. shape])]);
    }

    /// <summary>The fields of one line as a class has them.</summary>
    internal static string Members(string fields) => fields.Contains("get;", StringComparison.Ordinal)
        ? fields
        : string.Concat(fields.TrimEnd(';').Split("; ").Select(field => $"private {field.TrimEnd(';')};\n"));

    internal static string Net(string members, string forward, string name = "Net") =>
        $$"""
        [Activation(Kind.LeakyReLU, Slope = 0.3)]
        public partial class {{name}} : Module<Tensor, Tensor>
        {
            {{members}}
            public {{name}}() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) { {{forward}} }
        }
        """;

    private static void AssertSame(string source, Func<int, Tensor[]> inputs)
    {
        random.manual_seed(5);
        using var program = new InferenceProgram(Programs.Usings + source, "Net");
        using nn.Module net = program.Create("Net");
        program.Train(net, inputs);
        program.AssertSame(net, inputs, 1, 3);
    }
}
