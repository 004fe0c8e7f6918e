using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>The nearest attribute speaks: member over class over outer class over assembly; un-annotated code is left alone.</summary>
public class NearestAttributeTests
{
    [Fact]
    public Task Un_annotated_code_never_reports() => Rules.Check(WithUsings(
        """
        public class Net
        {
            public Module<Tensor, Tensor> act = ReLU();
            public Func<Tensor, bool, Tensor> f = functional.relu;
            public Module inner = Transformer();
            public object Make() => ReLU();
        }
        """));

    [Fact]
    public Task Kind_ReLU_opts_a_member_out() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net
        {
            [Activation(Kind.ReLU)] public Module<Tensor, Tensor> act = ReLU();
            [Activation(Kind.ReLU)] public object Act => ReLU();
            [Activation(Kind.ReLU)] public Net() => act = ReLU();
            [Activation(Kind.ReLU)] public object Make() { Func<object> f = () => ReLU(); return Local(); object Local() => f() ?? ReLU(); }
            [Activation(Kind.ReLU)] public class Head { public object Make() => ReLU(); }
            public object Other() => {|HELU0001:ReLU()|};
        }
        """));

    [Fact]
    public Task A_member_of_an_un_annotated_class_may_be_annotated() => Rules.Check(WithUsings(
        """
        public class Net
        {
            [Activation(Kind.HeLU)] public Module<Tensor, Tensor> act = {|HELU0001:ReLU()|}, more = {|HELU0001:ReLU()|};
            [Activation(Kind.HeLU)] public object Act => {|HELU0001:ReLU()|};
            [Activation(Kind.HeLU)] public Net() => act = {|HELU0001:ReLU()|};
            [Activation(Kind.HeLU)] public object Make() => {|HELU0001:ReLU()|};
            public object Accessor { [Activation(Kind.HeLU)] get => {|HELU0001:ReLU()|}; set => act = ReLU(); }
            public object this[int i] { [Activation(Kind.HeLU)] get { return {|HELU0001:ReLU()|}; } }
            public object Other() => ReLU();
        }
        """));

    [Fact]
    public Task A_local_function_or_lambda_may_be_annotated() => Rules.Check(WithUsings(
        """
        public class Net
        {
            public object Make()
            {
                [Activation(Kind.HeLU)] object Local() => {|HELU0001:ReLU()|};
                object Other() => ReLU();
                return Local() ?? Other();
            }
            public Func<object> Lambda() => [Activation(Kind.HeLU)] () => {|HELU0001:ReLU()|};
        }
        """));

    [Fact]
    public Task The_attribute_of_an_outer_class_speaks_for_nested_ones() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net
        {
            public class Head { public object Make() => {|HELU0001:ReLU()|}; public struct Deep { public static object Make() => {|HELU0001:ReLU()|}; } }
            [Activation(Kind.ReLU)] public class Tail { public object Make() => ReLU(); [Activation(Kind.GELU)] public object More() => {|HELU0001:ReLU()|}; }
            public interface IMake { object Make() => {|HELU0001:ReLU()|}; }
        }
        """));

    [Fact]
    public Task The_attribute_of_the_assembly_speaks_for_every_class() => Rules.Check(
        Usings + "[assembly: Activation(Kind.HeLU)] namespace N { public class Net { public object Make() => {|HELU0001:ReLU()|}; } }",
        Usings + "[Activation(Kind.ReLU)] public class Opted { public object Make() => ReLU(); } public class Other { public object Make() => {|HELU0001:ReLU()|}; }");

    [Fact]
    public Task The_attribute_of_the_assembly_speaks_for_top_level_statements()
    {
        var test = new RuleTest(Usings
            + """
            [assembly: Activation(Kind.HeLU)]
            object act = {|HELU0001:ReLU()|};
            Console.WriteLine(Make() == Program.Same(act));
            static object Make() => {|HELU0001:ReLU()|};
            partial class Program { static object Same(object value) => value; }
            """);
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    [Fact]
    public Task Calls_in_top_level_statements_are_redirected()
    {
        var test = new RuleTest(Usings
            + """
            [assembly: Activation(Kind.HeLU)]
            var layers = Sequential(Linear(1, 1), ReLU());
            Module<Tensor, Tensor> act = ReLU();
            Console.WriteLine(functional.relu(act.call(layers.call(ones(1)))));
            """);
        test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    [Fact]
    public Task A_faulty_attribute_swaps_nothing_and_reports_only_itself() => Rules.Check(WithUsings(
        "[Activation(Kind.HeLU, Alpha = {|HELU0006:-1|})] public class Net { public object Make() => ReLU(); }"));

    [Fact]
    public Task A_module_that_an_opted_out_member_runs_does_not_report() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net
        {
            private readonly Module<Tensor, Tensor> act = ReLU();
            public Tensor Run(Tensor x) => act.call(x);
            [Activation(Kind.ReLU)] public Tensor Plain(Tensor x) => act.call(x);
        }
        """));
}
