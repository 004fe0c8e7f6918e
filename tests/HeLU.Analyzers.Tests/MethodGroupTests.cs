using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0002: a ReLU that is called through a delegate.</summary>
public class MethodGroupTests
{
    [Theory]
    [InlineData("Func<Tensor, bool, Tensor> f = {|HELU0002:functional.relu|}; return f(x, false);")]
    [InlineData("Func<Tensor> f = {|HELU0002:x.relu|}; return f();")]
    [InlineData("var f = {|HELU0002:x.relu_|}; return f();")]
    [InlineData("Func<bool, ReLU> make = {|HELU0002:ReLU|}; return make(true).call(x);")]
    [InlineData("Func<bool, Module<Tensor, Tensor>> make = {|HELU0002:nn.ReLU|}; return make(true).call(x);")]
    [InlineData("Func<Tensor, Tensor> f = {|HELU0002:act.forward|}; return f(x);")]
    [InlineData("Func<Tensor, Tensor> f = {|HELU0002:act.call|}; return f(x);")]
    [InlineData("var f = x.dim() == 1 ? {|HELU0002:functional.relu|} : (Func<Tensor, bool, Tensor>)functional.selu; return f(x, false);")]
    [InlineData("return Run({|HELU0002:x.relu|}); static Tensor Run(Func<Tensor> f) => f();")]
    public Task A_method_group_reports(string forward) => Rules.Check(Net("private readonly ReLU act = ReLU();", forward: forward));

    [Fact]
    public Task A_method_group_in_a_field_reports() => Rules.Check(Net(
        "private readonly Func<Tensor, bool, Tensor>[] steps = [{|HELU0002:functional.relu|}];"));

    [Fact]
    public Task The_message_names_the_way_out() => Rules.CheckMessage(
        "HELU0002",
        "This ReLU stays a ReLU: it is called through a delegate, which can't be redirected; write a lambda that calls it",
        Net(forward: "Func<Tensor> f = {|#0:x.relu|}; return f();"));

    [Theory]
    [InlineData("Console.WriteLine(nameof(functional.relu) + nameof(x.relu) + nameof(ReLU) + nameof(nn.ReLU)); return x;")]
    [InlineData("Func<Tensor, Tensor> f = y => functional.relu(y); return f(x);")]
    [InlineData("Func<Tensor> f = () => x.relu(); return f();")]
    [InlineData("Func<Tensor, bool, Tensor> f = functional.relu6; return f(x, false);")]
    [InlineData("Func<Tensor> f = x.tanh; return f();")]
    [InlineData("Func<Tensor, Tensor> f = Linear(1, 1).call; return f(x);")]
    [InlineData("Func<Tensor, Tensor> f = relu; return f(x); static Tensor relu(Tensor y) => y;")]
    public Task Names_and_lambdas_and_other_functions_do_not_report(string forward) => Rules.Check(Net(forward: forward));
}
