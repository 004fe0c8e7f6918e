using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Graphs;

/// <summary>PyTorch's rule: an in-place operation changes the tensor for everyone who holds it.</summary>
public class InPlaceTests
{
    [Fact]
    public void AnotherNameOfTheTensorSeesTheOverwrittenValue()
    {
        using TestModel model = TestModel.Create(
            (_, x) =>
            {
                Value a = Ops.mul(x[0], 2), same = a;
                Ops.overwrite(a, Ops.relu(a, new ActivationSpec(Kind.ReLU)));
                return Ops.add(same, 1);
            },
            [3]);

        Assert.Equal([1f, 1f, 7f], model.Run(-1, 0, 3));
    }

    [Fact]
    public void AnInPlaceModuleOverwritesItsInput()
    {
        using TestModel model = TestModel.Create(
            (self, x) =>
            {
                Value a = Ops.mul(x[0], 2);
                Value y = self.module("act").call(a);
                return Ops.add(y, a);
            },
            [2],
            ("act", Structure.ReLU(inplace: true)));

        Assert.Equal([0f, 4f], model.Run(-3, 1));
    }

    [Fact]
    public void AModuleThatIsNotInPlaceLeavesItsInput()
    {
        using TestModel model = TestModel.Create(
            (self, x) =>
            {
                Value a = Ops.mul(x[0], 2);
                Value y = self.module("act").call(a);
                return Ops.add(y, a);
            },
            [2],
            ("act", Structure.ReLU()));

        Assert.Equal([-6f, 4f], model.Run(-3, 1));
    }

    [Fact]
    public void ReadingATensorAfterAReshapedViewOfItWasOverwrittenIsRefused()
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => TestModel.Create(
            (_, x) =>
            {
                Value a = Ops.mul(x[0], 2), view = Ops.reshape(a, -1, 2);
                Ops.overwrite(view, Ops.relu(view, new ActivationSpec(Kind.ReLU)));
                return Ops.add(a, 1);
            },
            [4]));

        Assert.Contains("in-place", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadingATensorAfterATransposedViewOfItWasOverwrittenIsRefused() => Assert.Throws<NotSupportedException>(() => TestModel.Create(
        (_, x) =>
        {
            Value a = Ops.mul(x[0], 2), view = Ops.transpose(a, 0, 1);
            Ops.overwrite(view, Ops.relu(view, new ActivationSpec(Kind.ReLU)));
            return Ops.add(a, 1);
        },
        [4]));

    [Fact]
    public void ACloneKeepsTheValueFromBeforeAnInPlaceOperation()
    {
        using TestModel model = TestModel.Create(
            (_, x) =>
            {
                Value a = Ops.mul(x[0], 2), kept = Ops.clone(a);
                Ops.overwrite(a, Ops.relu(a, new ActivationSpec(Kind.ReLU)));
                return Ops.sub(a, kept);
            },
            [2]);

        Assert.Equal([6f, 0f], model.Run(-3, 1));
    }

    [Fact]
    public void TheCallersInputIsNeverChanged()
    {
        using TestModel model = TestModel.Create((_, x) => Ops.overwrite(x[0], Ops.relu(x[0], new ActivationSpec(Kind.ReLU))), [2]);
        float[] input = [-1, 2], output = new float[2];

        model.Run(input, output);

        Assert.Equal([-1f, 2f], input);
        Assert.Equal([0f, 2f], output);
    }
}
