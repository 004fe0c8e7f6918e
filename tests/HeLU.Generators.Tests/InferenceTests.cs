using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace Helu.Generators.Tests;

/// <summary>The generated inference class gives what the model gives in eval mode, whatever its forward is written with.</summary>
public class InferenceTests
{
    private const string Linears = "private readonly Linear fc1 = Linear(6, 8), fc2 = Linear(8, 6);";

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
        "if (training) return torch.bernoulli(x); return x.contiguous().alias().detach();",
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
        "return x switch { { requires_grad: true } => x * 100, _ => x.relu() };",
        // names
        "var self = x * 2; var Ops = self + 1; Tensor Value = Ops * self; var Kind = 2; var @this = Value * Kind; var @event = @this; return @event + ModuleNode(x); Tensor ModuleNode(Tensor forward) => forward;",
        "var Helu = x; var System = Helu * 2; var global = System + 1; return global;",
    ];

    [Theory]
    [MemberData(nameof(Forwards))]
    public void AForwardIsTheSame(string forward) => AssertSame(Net(Linears, forward), batch => [randn(batch, 6)]);

    private static void AssertSame(string source, Func<int, Tensor[]> inputs)
    {
        random.manual_seed(5);
        using var program = new InferenceProgram(Programs.Usings + source, "Net");
        using nn.Module net = program.Create("Net");
        program.AssertSame(net, inputs, 1, 3);
    }

    private static string Net(string members, string forward) =>
        $$"""
        [Activation(Kind.LeakyReLU, Alpha = 0.3)]
        public partial class Net : Module<Tensor, Tensor>
        {
            {{members}}
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) { {{forward}} }
        }
        """;
}
