<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About cnnviewer</source>
        <translation>cnnviewer 정보</translation>
    </message>
    <message>
        <source>Train a small convolutional network, watch it learn and look inside every layer. Free software under the MIT licence.</source>
        <translation>작은 합성곱 신경망을 학습하고, 배우는 모습을 지켜보고, 모든 층을 들여다보세요. MIT 라이선스의 자유 소프트웨어입니다.</translation>
    </message>
</context>
<context>
    <name>AfterTrainingPresenter</name>
    <message>
        <source>Training finished: {percent} % of {total:test image|test images} predicted correctly.</source>
        <translation>학습을 마쳤습니다. 테스트 정확도 {percent}% (이미지 {total}장).</translation>
    </message>
    <message>
        <source>Play the run</source>
        <translation>학습 과정 재생</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>See the {count} wrong</source>
        <translation>오답 {count}장 보기</translation>
    </message>
</context>
<context>
    <name>AnswerHistoryPresenter</name>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
</context>
<context>
    <name>ArchitecturesPage</name>
    <message>
        <source>Architectures side by side</source>
        <translation>나란히 놓은 구조</translation>
    </message>
    <message>
        <source>The models are being prepared…</source>
        <translation>모델을 준비하는 중입니다…</translation>
    </message>
</context>
<context>
    <name>Arithmetic</name>
    <message>
        <source>K: kernel size, P: padding, S: stride, D: dilation, H and W: rows and columns of the input.</source>
        <translation>K: 커널 크기, P: 패딩, S: 스트라이드, D: 팽창, H와 W: 입력의 행과 열 수.</translation>
    </message>
    <message>
        <source>Output columns</source>
        <translation>출력의 열</translation>
    </message>
    <message>
        <source>Output rows</source>
        <translation>출력의 행</translation>
    </message>
    <message>
        <source>Output rows and columns</source>
        <translation>출력의 행과 열</translation>
    </message>
    <message>
        <source>Output size</source>
        <translation>출력 크기</translation>
    </message>
    <message>
        <source>The chosen cell of the output, term by term. The text can be copied.</source>
        <translation>선택한 출력 칸을 항별로 보여 줍니다. 글은 복사할 수 있습니다.</translation>
    </message>
    <message>
        <source>The faint infinities are padding: they never win.</source>
        <translation>흐린 무한대는 패딩이며 선택되지 않습니다.</translation>
    </message>
    <message>
        <source>The faint zeros are padding, and they count as cells, as in PyTorch.</source>
        <translation>흐린 0은 패딩이며, PyTorch처럼 칸 수에 포함됩니다.</translation>
    </message>
    <message>
        <source>The faint zeros are padding.</source>
        <translation>흐린 0은 패딩입니다.</translation>
    </message>
    <message>
        <source>Value of the chosen cell</source>
        <translation>선택한 칸의 값</translation>
    </message>
    <message>
        <source>output[{row}, {col}]</source>
        <translation>출력[{row}, {col}]</translation>
    </message>
    <message>
        <source>{count:cell|cells} tie; PyTorch takes the first in reading order, and the gradient goes there alone.</source>
        <translation>{count}칸의 값이 같습니다. PyTorch는 읽는 순서로 첫 칸을 고르고 기울기도 그 칸으로만 갑니다.</translation>
    </message>
    <message>
        <source>{count} left out between the cells that are read.</source>
        <translation>읽는 칸 사이에서 {count}칸이 빠집니다.</translation>
    </message>
    <message>
        <source>{quotient} is no whole number and is rounded down, as PyTorch does: {count} left out at the end.</source>
        <translation>정수가 아닌 {quotient} 값은 PyTorch처럼 내림합니다: 끝에서 {count}칸이 빠집니다.</translation>
    </message>
    <message>
        <source>The value comes from the input cell in row {row}, column {col}.</source>
        <translation>최댓값이나 최솟값의 위치: 입력의 행 {row}, 열 {col}.</translation>
    </message>
</context>
<context>
    <name>Asker</name>
    <message>
        <source>Which cell of this window is selected? Give its row and column in the map, as written at the sides.</source>
        <translation>이 윈도에서 어느 칸이 선택됩니까? 가장자리에 표시된 맵의 행과 열로 답하세요.</translation>
    </message>
    <message>
        <source>A pixel of {pixel} is normalised with mean {mean} and standard deviation {std}.</source>
        <translation>픽셀 값 {pixel}: 평균 {mean}, 표준편차 {std}인 정규화를 적용합니다.</translation>
    </message>
    <message>
        <source>A value before this layer sees {seen} pixels of the image; from one value to the next, the view moves by {jump}.</source>
        <translation>이 층 앞의 값 하나는 이미지의 {seen} 픽셀을 보고, 이웃한 값으로 갈 때마다 보는 곳이 {jump}만큼 옮겨 갑니다.</translation>
    </message>
    <message>
        <source>How many multiply-adds does the layer need for one image, the bias not counted?</source>
        <translation>이미지 하나에 이 층의 곱셈-덧셈은 몇 번입니까? 편향은 세지 않습니다.</translation>
    </message>
    <message>
        <source>How many parameters does the layer have?</source>
        <translation>이 층의 매개변수는 몇 개입니까?</translation>
    </message>
    <message>
        <source>How many rows and columns do the output maps have?</source>
        <translation>출력 맵은 몇 행 몇 열입니까?</translation>
    </message>
    <message>
        <source>How many rows and columns of pixels does a value of this layer see?</source>
        <translation>이 층의 값 하나는 몇 행 몇 열의 픽셀을 봅니까?</translation>
    </message>
    <message>
        <source>How many values of one output map read the cell ({row}, {col}) of the {size} input?</source>
        <translation>{size} 입력의 칸 ({row}, {col})을 읽는 값은 출력 맵 하나에 몇 개입니까?</translation>
    </message>
    <message>
        <source>Kernel {kernel}, dilation {dilation}.</source>
        <translation>커널 {kernel}, 팽창 {dilation}.</translation>
    </message>
    <message>
        <source>Kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}.</source>
        <translation>커널 {kernel}, 스트라이드 {stride}, 패딩 {padding}, 팽창 {dilation}.</translation>
    </message>
    <message>
        <source>Kernel {kernel}, stride {stride}, padding {padding}.</source>
        <translation>커널 {kernel}, 스트라이드 {stride}, 패딩 {padding}.</translation>
    </message>
    <message>
        <source>Kernel {kernel}.</source>
        <translation>커널 {kernel}.</translation>
    </message>
    <message>
        <source>Kernels of {kernel} make maps of {shape} from maps of {source}.</source>
        <translation>{kernel} 커널이 {source} 맵으로 {shape} 맵을 만듭니다.</translation>
    </message>
    <message>
        <source>Maps of {shapes} are concatenated. How many channels does the result have?</source>
        <translation>{shapes} 맵을 이어 붙입니다. 결과의 채널은 몇 개입니까?</translation>
    </message>
    <message>
        <source>Maps of {shape} (channels first) are normalised, scaled and shifted.</source>
        <translation>{shape} 맵(채널이 앞)을 정규화하고, 배율을 곱하고, 이동합니다.</translation>
    </message>
    <message>
        <source>Maps of {shape} are flattened. From which channel, row and column does feature {index} come? (All counted from 0.)</source>
        <translation>{shape} 맵을 평탄화합니다. {index}번 특징은 몇 번 채널, 행, 열에서 왔습니까? (모두 0부터 셉니다.)</translation>
    </message>
    <message>
        <source>Maps of {shape} are flattened. Which index gets the value at channel, row and column ({place})? (All counted from 0.)</source>
        <translation>{shape} 맵을 평탄화합니다. 채널, 행, 열이 ({place})인 값의 인덱스는 몇입니까? (모두 0부터 셉니다.)</translation>
    </message>
    <message>
        <source>Max pooling.</source>
        <translation>최대 풀링입니다.</translation>
    </message>
    <message>
        <source>Min pooling.</source>
        <translation>최소 풀링입니다.</translation>
    </message>
    <message>
        <source>Of the cells, {padded} are padding.</source>
        <translation>그 가운데 {padded}칸은 패딩입니다.</translation>
    </message>
    <message>
        <source>Padding counts as zeros.</source>
        <translation>패딩은 0으로 셉니다.</translation>
    </message>
    <message>
        <source>Padding does not count.</source>
        <translation>패딩은 세지 않습니다.</translation>
    </message>
    <message>
        <source>Score of the true class x = {score}, largest score m = {largest}, log of the sum of exp(xⱼ − m) = {log_total}.</source>
        <translation>정답 클래스의 점수 x = {score}, 가장 큰 점수 m = {largest}, exp(xⱼ − m)의 합의 로그 = {log_total}.</translation>
    </message>
    <message>
        <source>Score x = {score}, largest score m = {largest}, log of the sum of exp(xⱼ − m) = {log_total}.</source>
        <translation>점수 x = {score}, 가장 큰 점수 m = {largest}, exp(xⱼ − m)의 합의 로그 = {log_total}.</translation>
    </message>
    <message>
        <source>The input maps have {size} cells.</source>
        <translation>입력 맵의 크기는 {size}입니다.</translation>
    </message>
    <message>
        <source>The log-probability is {x}. What is the probability?</source>
        <translation>로그 확률이 {x}일 때 확률은 얼마입니까?</translation>
    </message>
    <message>
        <source>The true class has the log-probability {log_probability}.</source>
        <translation>정답 클래스의 로그 확률은 {log_probability}입니다.</translation>
    </message>
    <message>
        <source>The values of a window of {size} cells sum to {sum}.</source>
        <translation>{size} 윈도에 있는 값의 합은 {sum}입니다.</translation>
    </message>
    <message>
        <source>The {terms} products sum to {sum}; the bias is {bias}.</source>
        <translation>곱 {terms}개의 합은 {sum}이고 편향은 {bias}입니다.</translation>
    </message>
    <message>
        <source>They work in {groups} groups.</source>
        <translation>그룹은 {groups}개입니다.</translation>
    </message>
    <message>
        <source>Type one number, such as 12 or −0.5.</source>
        <translation>숫자 하나를 입력하세요(예: 12, −0.5).</translation>
    </message>
    <message>
        <source>Type three numbers, such as 2, 3, 5.</source>
        <translation>숫자 세 개를 입력하세요(예: 2, 3, 5).</translation>
    </message>
    <message>
        <source>Type two numbers, such as 12×12 or 3, 5.</source>
        <translation>숫자 두 개를 입력하세요(예: 12×12, 3, 5).</translation>
    </message>
    <message>
        <source>What comes out?</source>
        <translation>출력은 얼마입니까?</translation>
    </message>
    <message>
        <source>What does average pooling make of it?</source>
        <translation>평균 풀링하면 얼마입니까?</translation>
    </message>
    <message>
        <source>What does average pooling make of this window?</source>
        <translation>이 윈도를 평균 풀링하면 얼마입니까?</translation>
    </message>
    <message>
        <source>What does batch normalisation make of x?</source>
        <translation>배치 정규화를 거친 x는 얼마입니까?</translation>
    </message>
    <message>
        <source>What does max pooling make of this window?</source>
        <translation>이 윈도를 최대 풀링하면 얼마입니까?</translation>
    </message>
    <message>
        <source>What does min pooling make of this window?</source>
        <translation>이 윈도를 최소 풀링하면 얼마입니까?</translation>
    </message>
    <message>
        <source>What does the model see?</source>
        <translation>모델이 보는 값은 얼마입니까?</translation>
    </message>
    <message>
        <source>What is a {operator} b?</source>
        <translation>a {operator} b는 얼마입니까?</translation>
    </message>
    <message>
        <source>What is the log-softmax?</source>
        <translation>로그 소프트맥스는 얼마입니까?</translation>
    </message>
    <message>
        <source>What is the loss?</source>
        <translation>손실은 얼마입니까?</translation>
    </message>
    <message>
        <source>What is the softmax of this class?</source>
        <translation>이 클래스의 소프트맥스는 얼마입니까?</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>수 하나</translation>
    </message>
    <message>
        <source>channel, row, column</source>
        <translation>채널, 행, 열</translation>
    </message>
    <message>
        <source>exp(x − m) = {exponential}; the exponentials of all classes sum to {total}.</source>
        <translation>exp(x − m) = {exponential}이고, 모든 클래스의 exp 값을 더하면 {total}입니다.</translation>
    </message>
    <message>
        <source>first, last</source>
        <translation>처음, 마지막</translation>
    </message>
    <message>
        <source>row, column</source>
        <translation>행, 열</translation>
    </message>
    <message>
        <source>rows × columns</source>
        <translation>행 × 열</translation>
    </message>
    <message>
        <source>x = {x}, dropout with p = {p}. In a training step the value is kept: what comes out?</source>
        <translation>x = {x}, 드롭아웃 p = {p}. 학습 스텝에서 이 값이 남았다면 출력은 얼마입니까?</translation>
    </message>
    <message>
        <source>x = {x}, dropout with p = {p}. What comes out while predicting?</source>
        <translation>x = {x}, 드롭아웃 p = {p}. 예측할 때의 출력은 얼마입니까?</translation>
    </message>
    <message>
        <source>x = {x}. What does ReLU make of it?</source>
        <translation>x = {x}일 때 ReLU의 출력은 얼마입니까?</translation>
    </message>
    <message>
        <source>{height} rows are averaged into {rows}. Which is the first row that output row {row} reads, and which the last? (Counted from 0.)</source>
        <translation>{height}개 행을 평균하여 {rows}개로 만듭니다. 출력의 {row}번 행이 읽는 첫 행과 마지막 행은 몇 번입니까? (0부터 셉니다.)</translation>
    </message>
    <message>
        <source>{inputs:input|inputs}, {outputs:output|outputs}, with a bias each.</source>
        <translation>입력 {inputs}개, 출력 {outputs}개이며 출력마다 편향이 있습니다.</translation>
    </message>
    <message>
        <source>{inputs:input|inputs}, {outputs:output|outputs}, without bias.</source>
        <translation>입력 {inputs}개, 출력 {outputs}개이며 편향은 없습니다.</translation>
    </message>
    <message>
        <source>{inputs:input|inputs}, {outputs:output|outputs}.</source>
        <translation>입력 {inputs}개, 출력 {outputs}개입니다.</translation>
    </message>
    <message>
        <source>{outputs:kernel|kernels} of {kernel} over {inputs:input channel|input channels}, with a bias each.</source>
        <translation>입력 채널 {inputs}개를 읽는 {kernel} 커널 {outputs}개이며 저마다 편향이 있습니다.</translation>
    </message>
    <message>
        <source>{outputs:kernel|kernels} of {kernel} over {inputs:input channel|input channels}, without bias.</source>
        <translation>입력 채널 {inputs}개를 읽는 {kernel} 커널 {outputs}개이며 편향은 없습니다.</translation>
    </message>
</context>
<context>
    <name>Attribution</name>
    <message>
        <source>The weighted sum of this layer&apos;s maps is nowhere above 0.</source>
        <translation>이 층 맵의 가중합에는 0보다 큰 곳이 없습니다.</translation>
    </message>
    <message>
        <source>log-odds of {name} against {other}</source>
        <translation>{other} 대비 {name}의 로그 오즈</translation>
    </message>
    <message>
        <source>This model gives one number for its two classes: these log-odds.</source>
        <translation>이 모델은 두 클래스에 대해 숫자 하나만 냅니다. 바로 이 로그 오즈입니다.</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Gradient × input</source>
        <translation>기울기 × 입력</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>적분 기울기</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>가림(occlusion)</translation>
    </message>
    <message>
        <source>It says how fast the logit changes when a pixel changes a little. It cannot say what the pixel adds to the logit, and it shows nothing where the model no longer reacts to small changes.</source>
        <translation>픽셀이 조금 변할 때 로짓이 얼마나 빨리 변하는지 알려 줍니다. 픽셀이 로짓에 얼마를 더하는지는 알 수 없고, 모델이 작은 변화에 더 반응하지 않는 곳은 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>It says what each pixel would add to the logit if the model were linear around this image. It cannot show that a pixel with the mean value matters, because its input is 0 after normalisation.</source>
        <translation>이 이미지 근처에서 모델이 선형이라면 각 픽셀이 로짓에 얼마를 더하는지 알려 줍니다. 평균값인 픽셀은 정규화한 입력이 0이므로 중요해도 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>It divides the change of the logit, from the baseline to the image, among the pixels, and its sum can be checked. It cannot be read without its baseline: with another one the map is another.</source>
        <translation>기준 이미지에서 이 이미지까지의 로짓 변화를 픽셀에 나누며, 합을 확인할 수 있습니다. 기준 이미지 없이는 해석할 수 없습니다. 기준 이미지가 다르면 맵도 다릅니다.</translation>
    </message>
    <message>
        <source>It says over which part of the image the maps of a layer raise the logit. It cannot show details smaller than a place of that layer, nor what lowers the logit when one class is asked about.</source>
        <translation>한 층의 맵이 이미지의 어느 부분에서 로짓을 높이는지 알려 줍니다. 그 층의 한 칸보다 작은 부분은 구별할 수 없고, 클래스 하나만 볼 때는 로짓을 낮추는 곳이 표시되지 않습니다.</translation>
    </message>
    <message>
        <source>It says by how much the logit falls when a square of the image is covered. It cannot separate the missing pixels from what covers them, and misses evidence that is there twice.</source>
        <translation>이미지의 사각형 하나를 가릴 때 로짓이 얼마나 낮아지는지 알려 줍니다. 사라진 픽셀의 영향과 가린 색의 영향을 구별할 수 없고, 두 곳에 있는 근거는 찾지 못합니다.</translation>
    </message>
    <message>
        <source>logit of {name}</source>
        <translation>{name} 로짓</translation>
    </message>
    <message>
        <source>logit of {name} − logit of {other}</source>
        <translation>{name} 로짓 − {other} 로짓</translation>
    </message>
    <message>
        <source>logits per unit of input</source>
        <translation>입력 1당 로짓</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>로짓</translation>
    </message>
    <message>
        <source>logits/unit</source>
        <translation>로짓/입력</translation>
    </message>
    <message>
        <source>of the baseline {before}</source>
        <translation>기준 이미지의 로짓 {before}</translation>
    </message>
    <message>
        <source>squares of {patch}×{patch} pixels, {stride} pixels apart</source>
        <translation>사각형 {patch}×{patch}픽셀, 간격 {stride}픽셀</translation>
    </message>
    <message>
        <source>Coarse: a finer map is being computed.</source>
        <translation>대략적인 맵입니다. 더 자세한 맵을 계산하고 있습니다.</translation>
    </message>
    <message>
        <source>sum of the map {sum} · change of the logit {change}</source>
        <translation>맵의 합 {sum} · 로짓의 변화 {change}</translation>
    </message>
    <message>
        <source>completeness error {error} (allowed {allowed}) · nodes: {nodes}</source>
        <translation>완전성 오차 {error} (허용 {allowed}) · 노드 수: {nodes}</translation>
    </message>
    <message>
        <source>Not reached: the sum of this map misses the change of the logit.</source>
        <translation>허용 오차에 이르지 못했습니다. 맵의 합이 로짓의 변화와 다릅니다.</translation>
    </message>
    <message>
        <source>layer {layer}: largest value {largest}, smallest {smallest}</source>
        <translation>{layer} 층: 최댓값 {largest}, 최솟값 {smallest}</translation>
    </message>
    <message>
        <source>Signed: between two classes nothing is left out.</source>
        <translation>부호가 있는 맵입니다. 두 클래스를 비교할 때는 음수도 표시합니다.</translation>
    </message>
</context>
<context>
    <name>BackwardPane</name>
    <message>
        <source>Show the untrained network</source>
        <translation>학습되지 않은 신경망 보기</translation>
    </message>
    <message>
        <source>New random weights: with them there is more to learn</source>
        <translation>새 무작위 가중치: 배울 것이 더 많습니다</translation>
    </message>
    <message>
        <source>Weights from early in the run: with them there is more to learn</source>
        <translation>학습 초기의 가중치: 배울 것이 더 많습니다</translation>
    </message>
    <message>
        <source>No earlier weights are there to be shown now</source>
        <translation>지금 보여 줄 더 이른 가중치가 없습니다</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>모델의 답</translation>
    </message>
    <message>
        <source>{name} (the answer)</source>
        <translation>{name} (모델의 답)</translation>
    </message>
    <message>
        <source>{name} (the first answer)</source>
        <translation>{name} (처음의 답)</translation>
    </message>
    <message>
        <source>The class that the loss expects: the image&apos;s own, or, without one, the answer when Backward was opened; it stays when the weights change</source>
        <translation>손실이 기대하는 클래스: 이미지의 원래 레이블, 없으면 역전파를 열었을 때 모델의 답. 가중치가 바뀌어도 그대로입니다</translation>
    </message>
    <message>
        <source>You muted {channel}: no gradient comes to output {output} of {layer}, and this image teaches its weights nothing.</source>
        <translation>{channel} 채널이 꺼져 있습니다: {layer}의 출력 {output}에는 기울기가 오지 않으며, 이 이미지로는 그 가중치가 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Here dropout is off and batch normalisation uses its running statistics; in a training step dropout is on, and a batch is normalised by its own</source>
        <translation>여기서는 드롭아웃이 꺼져 있고 배치 정규화는 이동 평균·분산을 씁니다. 학습 스텝에서는 드롭아웃이 켜지고 배치는 자체 통계로 정규화됩니다</translation>
    </message>
    <message>
        <source>No gradient comes to output {output} of {layer}, as behind a ReLU that gives 0: this image teaches its weights nothing.</source>
        <translation>{layer}의 출력 {output}에는 기울기가 오지 않습니다(0을 내는 ReLU 뒤처럼). 이 이미지로는 그 가중치가 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Predicted well: nothing is left to learn, all gradients are near 0.</source>
        <translation>잘 예측했습니다: 배울 것이 남지 않아 모든 기울기가 0에 가깝습니다.</translation>
    </message>
    <message>
        <source>Expect a wrong class</source>
        <translation>틀린 클래스를 기대하기</translation>
    </message>
    <message>
        <source>Take another class as the label: the gradients show what would change then</source>
        <translation>다른 클래스를 레이블로 씁니다: 기울기가 그때 무엇이 바뀔지 보여 줍니다</translation>
    </message>
    <message>
        <source>The weight&apos;s next step</source>
        <translation>가중치의 다음 스텝</translation>
    </message>
    <message>
        <source>its own label</source>
        <translation>원래 레이블</translation>
    </message>
    <message>
        <source>loss {loss}</source>
        <translation>손실 {loss}</translation>
    </message>
    <message>
        <source>{layer} ({operation}): its weights have no list of terms here; another layer&apos;s weight is shown.</source>
        <translation>{layer} 층({operation})의 가중치는 항별로 표시할 수 없어, 다른 층의 가중치를 표시합니다.</translation>
    </message>
    <message>
        <source>Show an early step</source>
        <translation>초기 스텝 보기</translation>
    </message>
</context>
<context>
    <name>BackwardWriter</name>
    <message>
        <source>gradient at the output δ × value x there = term, ranked by size</source>
        <translation>출력의 기울기 δ × 그곳의 값 x = 항, 크기 순</translation>
    </message>
    <message>
        <source>no.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>✓ as PyTorch&apos;s SGD</source>
        <translation>✓ PyTorch의 SGD와 같음</translation>
    </message>
    <message>
        <source>✗ PyTorch&apos;s SGD: {value}</source>
        <translation>✗ PyTorch의 SGD: {value}</translation>
    </message>
    <message>
        <source>gradient g</source>
        <translation>기울기 g</translation>
    </message>
    <message>
        <source>layer, no.</source>
        <translation>층, 번호</translation>
    </message>
    <message>
        <source>(row, col)</source>
        <translation>(행, 열)</translation>
    </message>
    <message>
        <source>(depth, row, col)</source>
        <translation>(깊이, 행, 열)</translation>
    </message>
    <message>
        <source>place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>image {place}</source>
        <translation>이미지 {place}</translation>
    </message>
    <message>
        <source>buffer v′</source>
        <translation>버퍼 v′</translation>
    </message>
    <message>
        <source>weight w</source>
        <translation>가중치 w</translation>
    </message>
    <message>
        <source>weight decay λ</source>
        <translation>가중치 감쇠 λ</translation>
    </message>
    <message>
        <source>momentum μ</source>
        <translation>모멘텀 μ</translation>
    </message>
    <message>
        <source>buffer before, v</source>
        <translation>이전 버퍼 v</translation>
    </message>
    <message>
        <source>gradient: the sum of {n:term|terms}, δ × x</source>
        <translation>기울기: 항 {n}개의 합, δ × x</translation>
    </message>
    <message>
        <source>momentum buffer: what the steps before still add</source>
        <translation>모멘텀 버퍼: 이전 스텝들의 기여를 더합니다</translation>
    </message>
    <message>
        <source>learning rate η</source>
        <translation>학습률 η</translation>
    </message>
    <message>
        <source>new weight w′</source>
        <translation>새 가중치 w′</translation>
    </message>
    <message>
        <source>the optimizer&apos;s step, against the gradient</source>
        <translation>옵티마이저의 스텝: 기울기의 반대 방향</translation>
    </message>
</context>
<context>
    <name>BuildWorkspace</name>
    <message>
        <source>LeNet to ResNet-18 side by side</source>
        <translation>LeNet부터 ResNet-18까지 나란히 비교합니다</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>빌더</translation>
    </message>
    <message>
        <source>Put a network of your own together</source>
        <translation>나만의 네트워크를 만들어 봅니다</translation>
    </message>
    <message>
        <source>Architectures</source>
        <translation>아키텍처</translation>
    </message>
    <message>
        <source>Builder or architectures</source>
        <translation>빌더 또는 아키텍처</translation>
    </message>
</context>
<context>
    <name>Builder</name>
    <message>
        <source>Average pooling</source>
        <translation>평균 풀링</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>배치 정규화</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>합성곱</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>드롭아웃</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>평탄화</translation>
    </message>
    <message>
        <source>Fully connected</source>
        <translation>완전 연결</translation>
    </message>
    <message>
        <source>Max-pooling</source>
        <translation>최대 풀링</translation>
    </message>
    <message>
        <source>Min-pooling</source>
        <translation>최소 풀링</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Add a flatten before it</source>
        <translation>앞에 평탄화 추가</translation>
    </message>
    <message>
        <source>Add a fully connected layer for the classes</source>
        <translation>클래스용 완전 연결층 추가</translation>
    </message>
    <message>
        <source>Move it before the flatten</source>
        <translation>평탄화 앞으로 이동</translation>
    </message>
    <message>
        <source>Remove this layer</source>
        <translation>이 층 제거</translation>
    </message>
</context>
<context>
    <name>BuilderBar</name>
    <message>
        <source>Like LeNet</source>
        <translation>LeNet과 비슷하게</translation>
    </message>
    <message>
        <source>Like VGG, for 32×32 pixels</source>
        <translation>VGG와 비슷하게, 32×32 픽셀용</translation>
    </message>
    <message>
        <source>One with every kind of layer</source>
        <translation>모든 종류의 층이 있는 모델</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>예제</translation>
    </message>
    <message>
        <source>Begin with a design that works.</source>
        <translation>작동하는 설계에서 시작합니다.</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>층 추가</translation>
    </message>
    <message>
        <source>Add a layer below the current one.</source>
        <translation>현재 층 아래에 층을 추가합니다.</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>모델 파일 열기…</translation>
    </message>
    <message>
        <source>A Python file with a network of your own; it runs only after you have agreed.</source>
        <translation>직접 만든 신경망이 있는 Python 파일을 엽니다. 동의한 뒤에만 실행됩니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>실행 취소 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>다시 실행 (Ctrl+Shift+Z)</translation>
    </message>
</context>
<context>
    <name>BuilderPage</name>
    <message>
        <source>Export as Python…</source>
        <translation>Python으로 내보내기…</translation>
    </message>
    <message>
        <source>Make it the program&apos;s model: look inside it, train it.</source>
        <translation>프로그램의 모델로 삼아 안을 들여다보고 학습합니다.</translation>
    </message>
    <message>
        <source>Model builder</source>
        <translation>모델 만들기</translation>
    </message>
    <message>
        <source>The design as text</source>
        <translation>글로 쓴 설계</translation>
    </message>
    <message>
        <source>Images {shape} · {classes:class|classes}</source>
        <translation>이미지 {shape} · 클래스 {classes}개</translation>
    </message>
    <message>
        <source>The model has no layers yet.</source>
        <translation>모델에 아직 층이 없습니다.</translation>
    </message>
    <message>
        <source>The whole design as one line: copy it, or type or paste another.</source>
        <translation>설계 전체를 한 줄로: 복사하거나 다른 설계를 입력하거나 붙여 넣으세요.</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>이 모델 사용</translation>
    </message>
    <message>
        <source>Write the model as a readable nn.Module file.</source>
        <translation>모델을 읽기 쉬운 nn.Module 파일로 씁니다.</translation>
    </message>
    <message>
        <source>{layer}: {reason}</source>
        <translation>{layer}: {reason}</translation>
    </message>
</context>
<context>
    <name>BuilderPresenter</name>
    <message>
        <source>Back to the design</source>
        <translation>설계로 돌아가기</translation>
    </message>
</context>
<context>
    <name>Calibration</name>
    <message>
        <source>Calibration error {ece}</source>
        <translation>보정 오차(ECE) {ece}</translation>
    </message>
    <message>
        <source>Calibration error {ece} → {after} at temperature {t}</source>
        <translation>보정 오차(ECE) {ece} → {after}(온도 {t})</translation>
    </message>
    <message>
        <source>On average its probabilities are {points} percentage points higher than its accuracy.</source>
        <translation>확률이 정확도보다 평균 {points}%p 높습니다.</translation>
    </message>
    <message>
        <source>On average its probabilities are {points} percentage points lower than its accuracy.</source>
        <translation>확률이 정확도보다 평균 {points}%p 낮습니다.</translation>
    </message>
    <message>
        <source>Loss {before} → {after}.</source>
        <translation>손실 {before} → {after}.</translation>
    </message>
    <message>
        <source>Bars that end on the dashed line say that probabilities can be taken at their word; below it the model is too sure. The calibration error (ECE) is the mean distance from the line, weighted by the images of each bar.</source>
        <translation>막대가 점선에서 끝나면 확률을 그대로 믿을 수 있고, 점선보다 낮으면 모델이 지나치게 확신하는 것입니다. 보정 오차(ECE)는 점선까지의 거리를 각 막대의 이미지 수로 가중 평균한 값입니다.</translation>
    </message>
    <message>
        <source>{why} So no temperature is fitted.</source>
        <translation>{why} 그래서 온도를 맞추지 않았습니다.</translation>
    </message>
    <message>
        <source>The temperature divides the logits (points): it changes how sure the model is, never what it predicts. It was fitted on {count:validation image|validation images}, of which the model learned nothing.</source>
        <translation>온도는 로짓을 나누는 값입니다(그림의 점). 확률의 크기만 바꾸고 예측은 바꾸지 않습니다. 모델이 학습하지 않은 검증 이미지 {count}장으로 맞추었습니다.</translation>
    </message>
    <message>
        <source>Unfamiliar above a score of {threshold}</source>
        <translation>점수 {threshold} 초과는 낯선 이미지</translation>
    </message>
    <message>
        <source>{share} of {count:validation image|validation images} score above the threshold.</source>
        <translation>검증 이미지 {count}장 중 {share}의 점수가 기준값을 넘습니다.</translation>
    </message>
    <message>
        <source>{share} of {count:training image|training images} score above the threshold; none were held out for validation.</source>
        <translation>학습 이미지 {count}장 중 {share}의 점수가 기준값을 넘습니다. 검증용으로 남겨 둔 이미지는 없습니다.</translation>
    </message>
    <message>
        <source>Of {total:test image|test images} {above} do: false alarms, as they are of these classes.</source>
        <translation>테스트 이미지는 {total}장 중 {above}장이 넘습니다. 모두 이 클래스들의 이미지이므로 오경보입니다.</translation>
    </message>
    <message>
        <source>The score adds how far an image&apos;s features lie from those of every class, and how little its logits support any. It says that an image is unlike those of the training, not what it is; what resembles a class passes.</source>
        <translation>점수는 이미지의 특징이 모든 클래스의 특징에서 얼마나 먼지와 로짓이 어느 클래스도 얼마나 지지하지 않는지를 더한 값입니다. 학습 이미지와 다르다는 것만 알려 주고 무엇인지는 알려 주지 않으며, 어떤 클래스와 닮은 이미지는 가려내지 못합니다.</translation>
    </message>
    <message>
        <source>Correct (%)</source>
        <translation>정답(%)</translation>
    </message>
    <message>
        <source>Images of each bar, and the probability of their prediction (%)</source>
        <translation>막대별 이미지 수와 예측 확률(%)</translation>
    </message>
    <message>
        <source>{low} to {high}: {share} of {count:image|images} correct</source>
        <translation>{low}~{high}: 이미지 {count}장 중 {share} 정답</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>테스트 이미지</translation>
    </message>
    <message>
        <source>Score: further right is less familiar</source>
        <translation>점수(오른쪽일수록 낯섦)</translation>
    </message>
</context>
<context>
    <name>CalibrationPage</name>
    <message>
        <source>Predicting test and validation images</source>
        <translation>테스트 이미지와 검증 이미지 예측 중</translation>
    </message>
    <message>
        <source>No threshold of unfamiliar images</source>
        <translation>낯선 이미지의 기준값이 없습니다</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Reliability diagram</source>
        <translation>신뢰도 다이어그램</translation>
    </message>
    <message>
        <source>Bars: as the model predicts. Points: with the logits divided by the temperature</source>
        <translation>막대는 모델의 예측 그대로, 점은 로짓을 온도로 나눈 결과입니다</translation>
    </message>
    <message>
        <source>Scores of the test images</source>
        <translation>테스트 이미지의 점수</translation>
    </message>
    <message>
        <source>Right of the line images are called unfamiliar</source>
        <translation>선의 오른쪽은 낯선 이미지로 봅니다</translation>
    </message>
    <message>
        <source>Measure calibration</source>
        <translation>보정 측정</translation>
    </message>
</context>
<context>
    <name>CalibrationPresenter</name>
    <message>
        <source>Measuring takes all test images and the validation images.</source>
        <translation>측정하려면 모든 테스트 이미지와 검증 이미지를 예측해야 합니다.</translation>
    </message>
</context>
<context>
    <name>CancellableProgress</name>
    <message>
        <source>Progress of the computation</source>
        <translation>계산 진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Cancel the computation</source>
        <translation>계산 취소</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>unknown data</source>
        <translation>알 수 없는 데이터</translation>
    </message>
    <message>
        <source>trained on {data}</source>
        <translation>{data} 데이터셋으로 학습</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>시드 {seed}</translation>
    </message>
</context>
<context>
    <name>CascadePart</name>
    <message>
        <source>as shown</source>
        <translation>표시된 그대로</translation>
    </message>
    <message>
        <source>rank correlation of |map| with the map shown</source>
        <translation>표시된 맵과 |맵|의 순위 상관</translation>
    </message>
    <message>
        <source>Does the map depend on the model&apos;s weights?</source>
        <translation>맵이 모델의 가중치에 따라 달라집니까?</translation>
    </message>
    <message>
        <source>{percent} of the pixels are 0: there the image equals the baseline, whatever the weights are. Therefore the other pixels are measured alone too.</source>
        <translation>픽셀의 {percent}에서 값이 0입니다. 이미지가 기준 이미지와 같은 곳이라 가중치와 상관없이 0입니다. 그래서 나머지 픽셀만으로도 측정합니다.</translation>
    </message>
    <message>
        <source>{percent} of the pixels are 0. Therefore the other pixels are measured alone too.</source>
        <translation>픽셀의 {percent}에서 값이 0입니다. 그래서 나머지 픽셀만으로도 측정합니다.</translation>
    </message>
    <message>
        <source>no layer has weights</source>
        <translation>가중치가 있는 층이 없습니다</translation>
    </message>
    <message>
        <source>{step} of {all}: {layer} re-initialised</source>
        <translation>{all}개 중 {step}개: {layer} 층까지 다시 초기화</translation>
    </message>
    <message>
        <source>drawn as normal numbers: {names}</source>
        <translation>정규 난수로 초기화: {names}</translation>
    </message>
    <message>
        <source>edge detector</source>
        <translation>윤곽선 검출기</translation>
    </message>
    <message>
        <source>guided backpropagation</source>
        <translation>가이드 역전파</translation>
    </message>
    <message>
        <source>this map</source>
        <translation>이 맵</translation>
    </message>
    <message>
        <source>this map without zeros</source>
        <translation>이 맵(0 제외)</translation>
    </message>
    <message>
        <source>re-initialised, from the logits down</source>
        <translation>다시 초기화한 층(로짓부터 아래로)</translation>
    </message>
    <message>
        <source>at the end, 1 seed</source>
        <translation>마지막, 시드 1개</translation>
    </message>
    <message>
        <source>at the end, {count} seeds</source>
        <translation>마지막, 시드 {count}개</translation>
    </message>
    <message>
        <source>at this step</source>
        <translation>이 단계</translation>
    </message>
    <message>
        <source>Layers that are re-initialised</source>
        <translation>다시 초기화한 층 수</translation>
    </message>
    <message>
        <source>Rank correlation by step</source>
        <translation>단계별 순위 상관</translation>
    </message>
    <message>
        <source>Rank correlations</source>
        <translation>순위 상관</translation>
    </message>
    <message>
        <source>Measure ten seeds</source>
        <translation>시드 10개로 측정</translation>
    </message>
    <message>
        <source>A map that explains the model must change when its layers begin anew at random; one that changes need not be right. An edge detector knows no model and stays at 1; guided backpropagation, shown only here, changed little in published tests.</source>
        <translation>모델을 설명하는 맵이라면 층을 무작위로 다시 초기화할 때 바뀌어야 합니다. 바뀐다고 해서 옳은 맵인 것은 아닙니다. 윤곽 검출기는 모델과 무관하므로 1에 머물고, 여기에서만 표시하는 가이드 역전파는 발표된 실험에서 거의 바뀌지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>ChangesList</name>
    <message>
        <source>step {step}: {before} → {after}</source>
        <translation>스텝 {step}: {before} → {after}</translation>
    </message>
    <message>
        <source>Steps at which the answer changed</source>
        <translation>예측이 바뀐 스텝</translation>
    </message>
</context>
<context>
    <name>Channels</name>
    <message>
        <source>The bars do not add up: their sum is {total}, but without all channels of the layer at once {together} is lost. What lies behind the layer is not linear, so that channels stand in for one another or need one another.</source>
        <translation>막대의 합이 맞지 않습니다. 합은 {total}이지만, 층의 채널을 한꺼번에 모두 없애면 {together}만큼 잃습니다. 이 층 뒤의 연산이 선형이 아니어서 채널이 서로를 대신하거나 서로를 필요로 합니다.</translation>
    </message>
    <message>
        <source>What the log-odds of {target} against {against} ({score}) lose without a channel of {layer}</source>
        <translation>{layer} 층의 채널을 하나씩 없앴을 때 {against} 대비 {target}의 로그 오즈({score})가 잃는 값</translation>
    </message>
    <message>
        <source>What the logit of {target} ({score}) loses without a channel of {layer}</source>
        <translation>{layer} 층의 채널을 하나씩 없앴을 때 {target}의 로짓({score})이 잃는 값</translation>
    </message>
    <message>
        <source>What logit {target} minus logit {against} ({score}) loses without a channel of {layer}</source>
        <translation>{layer} 층의 채널을 하나씩 없앴을 때 {target}의 로짓 − {against}의 로짓({score})이 잃는 값</translation>
    </message>
    <message>
        <source>The bars add up: their sum is {total}, and without all channels of the layer at once {together} is lost.</source>
        <translation>막대의 합이 맞습니다. 합은 {total}, 층의 채널을 한꺼번에 모두 없애면 {together}만큼 잃습니다.</translation>
    </message>
</context>
<context>
    <name>ChannelsPage</name>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>This runs the model once for each channel, which takes a while with a large model.</source>
        <translation>채널마다 모델을 한 번씩 계산하므로 큰 모델에서는 시간이 걸립니다.</translation>
    </message>
    <message>
        <source>Channel {channel}: {before} with it, {after} without it. Click: its map and its arithmetic</source>
        <translation>채널 {channel}: 있을 때 {before}, 없을 때 {after}. 클릭: 특징 맵과 계산 과정</translation>
    </message>
    <message>
        <source>Mute this channel, or let it through (M)</source>
        <translation>이 채널을 끄거나 다시 켜기(M)</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>The layer whose channels are removed one after another</source>
        <translation>채널을 하나씩 없앨 층</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>0</translation>
    </message>
    <message>
        <source>0 stands in place of all values of the channel that is removed</source>
        <translation>없앤 채널의 모든 값을 0으로 대신합니다.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>The channel&apos;s mean over the data set stands in place of all its values</source>
        <translation>채널의 모든 값을 데이터셋에 대한 평균으로 대신합니다.</translation>
    </message>
    <message>
        <source>What stands in place of a channel</source>
        <translation>채널을 대신하는 값</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>계산</translation>
    </message>
    <message>
        <source>Compute the contributions</source>
        <translation>기여도 계산</translation>
    </message>
    <message>
        <source>Contribution of each channel</source>
        <translation>채널별 기여도</translation>
    </message>
    <message>
        <source>Each channel is removed alone and the model computes the rest again: a real change, no estimate. It does not say what several channels do together, nor what a channel stands for.</source>
        <translation>채널을 하나만 없애고 나머지를 모델로 다시 계산합니다. 추정이 아니라 실제 변화입니다. 여러 채널이 함께 하는 일이나 채널의 의미는 알 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>CheckLabel</name>
    <message>
        <source>Click on a number of the network, or type its place.</source>
        <translation>신경망의 값을 클릭하거나 위치를 입력하세요.</translation>
    </message>
    <message>
        <source>≈ PyTorch: {value} (relative difference {relative}): large terms cancel, and float32 rounds that far</source>
        <translation>≈ PyTorch: {value}(상대 차이 {relative}): 큰 항이 상쇄되어 float32의 반올림만큼 차이가 납니다</translation>
    </message>
    <message>
        <source>≈ PyTorch: {value}, for float32 ends at 3.4e38: the terms are larger</source>
        <translation>≈ PyTorch: {value}. float32의 최댓값은 3.4e38이고, 더하는 값이 이보다 큽니다.</translation>
    </message>
    <message>
        <source>≈ but for rounding</source>
        <translation>≈ 반올림 차이뿐</translation>
    </message>
    <message>
        <source>✓ PyTorch agrees</source>
        <translation>✓ PyTorch와 일치</translation>
    </message>
    <message>
        <source>✓ PyTorch: {value} (relative difference {relative})</source>
        <translation>✓ PyTorch: {value} (상대 차이 {relative})</translation>
    </message>
    <message>
        <source>✓ exactly what PyTorch computed</source>
        <translation>✓ PyTorch의 계산과 정확히 같음</translation>
    </message>
    <message>
        <source>✗ PyTorch computed {value}: a relative difference of {relative}</source>
        <translation>✗ PyTorch의 값은 {value}: 상대 차이 {relative}</translation>
    </message>
</context>
<context>
    <name>Class</name>
    <message>
        <source>circle</source>
        <translation>원</translation>
    </message>
    <message>
        <source>square</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>삼각형</translation>
    </message>
    <message>
        <source>pentagon</source>
        <translation>오각형</translation>
    </message>
    <message>
        <source>star</source>
        <translation>별</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>십자</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>고리</translation>
    </message>
    <message>
        <source>crescent</source>
        <translation>초승달</translation>
    </message>
    <message>
        <source>heart</source>
        <translation>하트</translation>
    </message>
    <message>
        <source>arrow</source>
        <translation>화살표</translation>
    </message>
    <message>
        <source>airplane</source>
        <translation>비행기(airplane)</translation>
    </message>
    <message>
        <source>automobile</source>
        <translation>자동차(automobile)</translation>
    </message>
    <message>
        <source>bird</source>
        <translation>새(bird)</translation>
    </message>
    <message>
        <source>cat</source>
        <translation>고양이(cat)</translation>
    </message>
    <message>
        <source>deer</source>
        <translation>사슴(deer)</translation>
    </message>
    <message>
        <source>dog</source>
        <translation>개(dog)</translation>
    </message>
    <message>
        <source>frog</source>
        <translation>개구리(frog)</translation>
    </message>
    <message>
        <source>horse</source>
        <translation>말(horse)</translation>
    </message>
    <message>
        <source>ship</source>
        <translation>배(ship)</translation>
    </message>
    <message>
        <source>truck</source>
        <translation>트럭(truck)</translation>
    </message>
</context>
<context>
    <name>ClassesPage</name>
    <message>
        <source>Predicting all test images: {percent}</source>
        <translation>전체 테스트 이미지 예측 중: {percent}</translation>
    </message>
    <message>
        <source>Mean of the classes: precision {precision}, recall {recall}, F1 {f1}.</source>
        <translation>클래스 평균: 정밀도 {precision}, 재현율 {recall}, F1 {f1}.</translation>
    </message>
    <message>
        <source>Classes without images: {count} (no recall).</source>
        <translation>이미지가 없는 클래스: {count}개(재현율 없음).</translation>
    </message>
    <message>
        <source>Classes that are never predicted: {count} (no precision).</source>
        <translation>한 번도 예측되지 않은 클래스: {count}개(정밀도 없음).</translation>
    </message>
    <message>
        <source>The {shown} largest of {count} confusions; a click shows the images.</source>
        <translation>혼동 {count}가지 중 가장 많은 {shown}가지입니다. 클릭하면 이미지를 표시합니다.</translation>
    </message>
    <message>
        <source>A click shows the images.</source>
        <translation>클릭하면 이미지를 표시합니다.</translation>
    </message>
    <message>
        <source>No image is predicted wrongly.</source>
        <translation>틀리게 예측한 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Top-k accuracy, k =</source>
        <translation>top-k 정확도, k =</translation>
    </message>
    <message>
        <source>k of the top-k accuracy</source>
        <translation>top-k 정확도의 k</translation>
    </message>
    <message>
        <source>The share of images whose true class is among the k classes with the largest logits</source>
        <translation>정답 클래스가 로짓이 가장 큰 k개 클래스에 드는 이미지의 비율입니다</translation>
    </message>
    <message>
        <source>Precision, recall and F1 of each class</source>
        <translation>클래스별 정밀도, 재현율, F1</translation>
    </message>
    <message>
        <source>Largest confusions</source>
        <translation>가장 많은 혼동</translation>
    </message>
</context>
<context>
    <name>ClickWords</name>
    <message>
        <source>click: mean, variance, scale and shift</source>
        <translation>클릭: 평균, 분산, γ와 β</translation>
    </message>
    <message>
        <source>click: every multiplication</source>
        <translation>클릭: 모든 곱셈</translation>
    </message>
    <message>
        <source>click: the window and the value that is taken</source>
        <translation>클릭: 윈도와 선택된 값</translation>
    </message>
    <message>
        <source>click: the values and their average</source>
        <translation>클릭: 값과 평균</translation>
    </message>
    <message>
        <source>click: what training would drop</source>
        <translation>클릭: 학습할 때 끄는 값</translation>
    </message>
    <message>
        <source>click: every exponential and their sum</source>
        <translation>클릭: 모든 exp 값과 합</translation>
    </message>
    <message>
        <source>click: both values and how they are combined</source>
        <translation>클릭: 두 값과 그 계산</translation>
    </message>
    <message>
        <source>click: what the value attends to</source>
        <translation>클릭: 어텐션이 보는 값</translation>
    </message>
    <message>
        <source>click: where the value comes from</source>
        <translation>클릭: 값의 원래 위치</translation>
    </message>
    <message>
        <source>click: its arithmetic</source>
        <translation>클릭: 값의 계산</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>The copied picture</source>
        <translation>복사한 그림</translation>
    </message>
</context>
<context>
    <name>CollapsedRail</name>
    <message>
        <source>Widen the input</source>
        <translation>입력 영역 넓히기</translation>
    </message>
    <message>
        <source>Show canvas, images and bars again (Ctrl+B)</source>
        <translation>캔버스, 이미지, 막대를 다시 표시합니다 (Ctrl+B)</translation>
    </message>
</context>
<context>
    <name>ColumnCard</name>
    <message>
        <source>Step of {run}</source>
        <translation>{run} 기록의 스텝</translation>
    </message>
    <message>
        <source>Which step of the run is compared: the last, the one that validated best, or any snapshot</source>
        <translation>비교할 스텝: 마지막, 검증 정확도가 가장 높은 스텝, 또는 저장된 시점</translation>
    </message>
    <message>
        <source>best</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>best · {step}</source>
        <translation>최고 · {step}</translation>
    </message>
    <message>
        <source>last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>last · {step}</source>
        <translation>마지막 · {step}</translation>
    </message>
    <message>
        <source>What can be done with {run}</source>
        <translation>{run}: 할 수 있는 작업</translation>
    </message>
    <message>
        <source>Another step of this run, another place, or out of the comparison</source>
        <translation>이 기록의 다른 스텝을 추가하거나, 자리를 옮기거나, 비교에서 제거합니다</translation>
    </message>
    <message>
        <source>Compare another step of this run</source>
        <translation>이 기록의 다른 스텝도 비교</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>왼쪽으로 이동</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>오른쪽으로 이동</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
</context>
<context>
    <name>ColumnsBar</name>
    <message>
        <source>Runs and steps compared</source>
        <translation>비교 중인 기록과 스텝</translation>
    </message>
</context>
<context>
    <name>CommandPresenter</name>
    <message>
        <source>{file} is written.</source>
        <translation>{file} 파일을 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Training accuracy, mean of the last epoch</source>
        <translation>학습 정확도, 마지막 에폭의 평균</translation>
    </message>
    <message>
        <source>Training loss, mean of the last epoch</source>
        <translation>학습 손실, 마지막 에폭의 평균</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>{run}, step {step}</source>
        <translation>{run}, 스텝 {step}</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>데이터 증강</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Best step</source>
        <translation>최고 스텝</translation>
    </message>
    <message>
        <source>Best validation accuracy</source>
        <translation>최고 검증 정확도</translation>
    </message>
    <message>
        <source>Branched off</source>
        <translation>분기한 곳</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>드롭아웃</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Epochs done</source>
        <translation>마친 에폭</translation>
    </message>
    <message>
        <source>Images (fingerprint)</source>
        <translation>이미지 (해시)</translation>
    </message>
    <message>
        <source>Last validation accuracy</source>
        <translation>마지막 검증 정확도</translation>
    </message>
    <message>
        <source>Last validation loss</source>
        <translation>마지막 검증 손실</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>스케줄</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Began with</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Step compared</source>
        <translation>비교한 스텝</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>마친 스텝</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Time training</source>
        <translation>학습 시간</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>검증 비율</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>best</source>
        <translation>최고</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>last</source>
        <translation>마지막</translation>
    </message>
    <message>
        <source>running</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>step {step} (epoch {epoch})</source>
        <translation>스텝 {step} (에폭 {epoch})</translation>
    </message>
    <message>
        <source>Test accuracy at the last step</source>
        <translation>마지막 스텝의 테스트 정확도</translation>
    </message>
    <message>
        <source>Test loss at the last step</source>
        <translation>마지막 스텝의 테스트 손실</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>the model&apos;s</source>
        <translation>모델의 값</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n}초</translation>
    </message>
    <message>
        <source>Frozen layers</source>
        <translation>고정한 층</translation>
    </message>
    <message>
        <source>{value} from step {step}</source>
        <translation>{value}(스텝 {step}부터)</translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>아직 테스트하지 않음</translation>
    </message>
    <message>
        <source>no epoch yet</source>
        <translation>완료된 에폭 없음</translation>
    </message>
</context>
<context>
    <name>CompareButton</name>
    <message>
        <source>Show what differs from another step or run, and the images that became correct or wrong</source>
        <translation>다른 스텝이나 기록과 달라진 점, 그리고 정답이나 오답으로 바뀐 이미지를 표시합니다</translation>
    </message>
    <message>
        <source>Compared with {what}</source>
        <translation>비교: {what}</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교 대상</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Keep these predictions, then go to another step, run or file: the table shows what differs</source>
        <translation>이 예측을 남겨 두고 다른 스텝, 기록 또는 파일로 가면 달라진 점을 표에 표시합니다</translation>
    </message>
    <message>
        <source>The weights on the screen, from now on</source>
        <translation>지금 화면의 가중치</translation>
    </message>
    <message>
        <source>Untrained, step {step}</source>
        <translation>학습 전, 스텝 {step}</translation>
    </message>
    <message>
        <source>Best, step {step}</source>
        <translation>최고, 스텝 {step}</translation>
    </message>
    <message>
        <source>Last, step {step}</source>
        <translation>마지막, 스텝 {step}</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>이 기록</translation>
    </message>
    <message>
        <source>Another run</source>
        <translation>다른 기록</translation>
    </message>
    <message>
        <source>Without muted channels</source>
        <translation>꺼진 채널 없이</translation>
    </message>
</context>
<context>
    <name>CompareControls</name>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Lay the curves over one another by steps, by epochs or by time of training</source>
        <translation>곡선을 스텝, 에폭, 학습 시간 가운데 하나에 맞추어 겹칩니다</translation>
    </message>
    <message>
        <source>Loss on a log scale</source>
        <translation>손실을 로그 눈금으로 표시합니다</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>확대 초기화</translation>
    </message>
    <message>
        <source>Save the curves as PNG, SVG or PDF</source>
        <translation>곡선을 PNG, SVG, PDF로 저장합니다</translation>
    </message>
    <message>
        <source>Show everything. Wheel zooms, drag pans</source>
        <translation>전체 보기. 휠로 확대하고 끌어서 옮깁니다</translation>
    </message>
    <message>
        <source>Show the training curves: thin, smoothed</source>
        <translation>학습 곡선을 표시합니다. 가늘고 평활화한 선</translation>
    </message>
    <message>
        <source>Show the validation curves: strong, with symbols</source>
        <translation>검증 곡선을 표시합니다. 굵고 기호가 있는 선</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>Smoothing of the training curves, in steps</source>
        <translation>학습 곡선의 평활화(스텝 수)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Training curves are averaged over about so many steps, the latest counting most: {span}</source>
        <translation>학습 곡선을 약 이만큼의 스텝으로 평균합니다. 최근 값의 비중이 가장 큽니다: {span}</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>What the runs are aligned by</source>
        <translation>기록을 맞추는 기준</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>{n:step|steps}</source>
        <translation>{n}스텝</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>More for the curves</source>
        <translation>곡선 메뉴</translation>
    </message>
    <message>
        <source>Reset the zoom, or save the curves</source>
        <translation>전체를 표시하거나 곡선을 저장합니다</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>특징 맵</translation>
    </message>
    <message>
        <source>Maps of the image at the side in a layer of each</source>
        <translation>옆 이미지에 대한 각 기록의 특징 맵(층 하나)</translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation>예측 불일치</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Loss and accuracy of all, in one plot each</source>
        <translation>모두의 손실과 정확도를 그래프 하나씩에</translation>
    </message>
    <message>
        <source>Parts of the comparison</source>
        <translation>비교 항목</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>그림 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation>나란히 놓은 학습 기록</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>표 저장</translation>
    </message>
    <message>
        <source>Settings in which they differ, and how they ended</source>
        <translation>서로 다른 설정과 결과</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Test images on which the models disagree</source>
        <translation>모델의 예측이 서로 다른 테스트 이미지</translation>
    </message>
    <message>
        <source>Weights of a layer, side by side</source>
        <translation>한 층의 가중치를 나란히</translation>
    </message>
    <message>
        <source>The image at the side, predicted by each</source>
        <translation>옆에 있는 이미지에 대한 각 모델의 예측</translation>
    </message>
</context>
<context>
    <name>CompareWorkspace</name>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Runs, or steps of a run, side by side</source>
        <translation>학습 기록 또는 한 기록의 여러 스텝을 나란히 봅니다</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Train with many settings, one after the other</source>
        <translation>여러 설정으로 차례로 학습합니다</translation>
    </message>
    <message>
        <source>Compare or sweep</source>
        <translation>비교 또는 스윕</translation>
    </message>
</context>
<context>
    <name>ComparisonInvitation</name>
    <message>
        <source>Compare two to six runs</source>
        <translation>기록 2~6개 비교</translation>
    </message>
    <message>
        <source>Tick runs in the list. Their curves, settings, predictions, kernels and the images on which they disagree stand here side by side; a run can be compared with an earlier step of itself.</source>
        <translation>목록에서 기록을 선택하세요. 곡선, 설정, 예측, 커널, 예측이 다른 이미지를 나란히 표시합니다. 한 기록의 서로 다른 스텝도 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Compare the two newest</source>
        <translation>최신 기록 2개 비교</translation>
    </message>
    <message>
        <source>Tick the two runs that were begun last</source>
        <translation>마지막에 시작한 기록 2개를 선택합니다</translation>
    </message>
    <message>
        <source>Compare runs</source>
        <translation>기록 비교</translation>
    </message>
    <message>
        <source>Every training becomes a run. Train at least twice, with another rate or seed, to compare.</source>
        <translation>학습할 때마다 기록이 하나 생깁니다. 학습률이나 시드를 바꾸어 두 번 이상 학습하면 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>모델 학습하기</translation>
    </message>
    <message>
        <source>Show the workspace Train</source>
        <translation>학습 작업 공간을 표시합니다</translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>&lt;b&gt;{file} is a program.&lt;/b&gt; To use its model, it has to be run.</source>
        <translation>&lt;b&gt;{file} 파일은 프로그램입니다.&lt;/b&gt; 모델을 사용하려면 실행해야 합니다.</translation>
    </message>
    <message>
        <source>A program can do anything that you can do on this computer. Run it only if you wrote it or trust whoever did.

{path}</source>
        <translation>프로그램은 사용자 권한으로 모든 작업을 할 수 있습니다. 직접 작성했거나 작성자를 믿을 때만 실행하세요.

{path}</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>인수</translation>
    </message>
    <message>
        <source>Arguments of the model</source>
        <translation>모델의 인수</translation>
    </message>
    <message>
        <source>Class or function of the model</source>
        <translation>모델의 클래스 또는 함수</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Run {file}</source>
        <translation>{file} 실행</translation>
    </message>
    <message>
        <source>Run {file}?</source>
        <translation>{file} 파일을 실행하시겠습니까?</translation>
    </message>
    <message>
        <source>Without values {name} uses its own.</source>
        <translation>입력하지 않으면 {name} 모델의 기본값을 사용합니다.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>function</source>
        <translation>함수</translation>
    </message>
    <message>
        <source>model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>{example} (optional)</source>
        <translation>{example} (선택)</translation>
    </message>
    <message>
        <source>{name} needs a value for {arguments}: numbers, texts, True, None or lists of them.</source>
        <translation>{name} 모델에 필요한 인수: {arguments}. 숫자, 문자열, True, None, 또는 이들의 목록을 입력하세요.</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>trained on {data}</source>
        <translation>{data} 데이터로 학습</translation>
    </message>
    <message>
        <source>{data} (not loaded)</source>
        <translation>{data}(불러오지 않음)</translation>
    </message>
    <message>
        <source>bundled, {percent} %</source>
        <translation>기본 제공, {percent}%</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>기본 제공</translation>
    </message>
    <message>
        <source>trained on ImageNet</source>
        <translation>ImageNet으로 학습</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>file {file}</source>
        <translation>파일 {file}</translation>
    </message>
    <message>
        <source>run “{run}”</source>
        <translation>기록 “{run}”</translation>
    </message>
    <message>
        <source>run</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>training paused</source>
        <translation>학습 일시 정지</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>학습됨</translation>
    </message>
    <message>
        <source>An earlier step of this run is on the screen.</source>
        <translation>이 학습 기록의 이전 스텝을 표시하고 있습니다.</translation>
    </message>
    <message>
        <source>These weights are random: they have learned nothing.</source>
        <translation>무작위 가중치입니다. 아직 학습되지 않았습니다.</translation>
    </message>
    <message>
        <source>{weights}, step {step}</source>
        <translation>{weights}, 스텝 {step}</translation>
    </message>
    <message>
        <source>{count:channel|channels} muted</source>
        <translation>채널 {count}개 꺼짐</translation>
    </message>
    <message>
        <source>Channels are muted: what is computed now is not what the weights alone give.</source>
        <translation>꺼진 채널이 있습니다. 지금 계산되는 값은 원래 가중치만의 값이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>ContextChip</name>
    <message>
        <source>Choose the model, the data set or the weights</source>
        <translation>모델, 데이터셋, 가중치를 선택합니다</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>화면에 표시된 항목</translation>
    </message>
</context>
<context>
    <name>ContextPopover</name>
    <message>
        <source>Open model file…</source>
        <translation>모델 파일 열기…</translation>
    </message>
    <message>
        <source>Open weights…</source>
        <translation>가중치 열기…</translation>
    </message>
    <message>
        <source>A folder of your own…</source>
        <translation>내 폴더…</translation>
    </message>
    <message>
        <source>An .npz file of your own…</source>
        <translation>내 .npz 파일…</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>학습 기록 열기…</translation>
    </message>
    <message>
        <source>Model, data set and weights</source>
        <translation>모델, 데이터셋, 가중치</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>모델 검색</translation>
    </message>
    <message>
        <source>The network to look into and to train.</source>
        <translation>살펴보고 학습할 신경망입니다.</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Search data sets</source>
        <translation>데이터셋 검색</translation>
    </message>
    <message>
        <source>The images to learn from and to look at.</source>
        <translation>학습하고 살펴볼 이미지입니다.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>학습 기록 검색</translation>
    </message>
    <message>
        <source>What the network has learned: with the program, in a run, or nothing yet.</source>
        <translation>신경망이 학습한 가중치입니다. 기본 제공 가중치, 학습 기록의 가중치, 학습 전 가중치가 있습니다.</translation>
    </message>
</context>
<context>
    <name>ContextPresenter</name>
    <message>
        <source>your own; asks before its file runs</source>
        <translation>내 모델, 파일 실행 전 확인</translation>
    </message>
    <message>
        <source>A training is under way: stop it to choose another model, data set or weights.</source>
        <translation>학습이 진행 중입니다. 다른 모델, 데이터셋, 가중치를 선택하려면 학습을 중지하십시오.</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>사용자 모델</translation>
    </message>
    <message>
        <source>download, {size}</source>
        <translation>다운로드, {size}</translation>
    </message>
    <message>
        <source>{height}×{width}, grey</source>
        <translation>{height}×{width}, 흑백</translation>
    </message>
    <message>
        <source>{height}×{width}, colour</source>
        <translation>{height}×{width}, 컬러</translation>
    </message>
    <message>
        <source>opened from a file</source>
        <translation>파일에서 열림</translation>
    </message>
    <message>
        <source>They know other images or other classes.</source>
        <translation>이 가중치는 이미지 형식이나 클래스가 다릅니다.</translation>
    </message>
    <message>
        <source>trained on {data}</source>
        <translation>{data} 데이터셋으로 학습</translation>
    </message>
    <message>
        <source>Bundled weights</source>
        <translation>기본 제공 가중치</translation>
    </message>
    <message>
        <source>Trained on ImageNet</source>
        <translation>ImageNet으로 학습한 가중치</translation>
    </message>
    <message>
        <source>Untrained</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>new random weights</source>
        <translation>새 무작위 가중치</translation>
    </message>
    <message>
        <source>Choose a data set first: the network is built for its images.</source>
        <translation>먼저 데이터셋을 선택하십시오. 신경망은 데이터셋의 이미지에 맞게 만들어집니다.</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>training now</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>{title} is not on this computer. Download: {size}. Licence: {licence}.</source>
        <translation>{title}: 이 컴퓨터에 없습니다. 다운로드 크기: {size}. 라이선스: {licence}.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>다운로드</translation>
    </message>
</context>
<context>
    <name>ContinueForm</name>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Begin to train (Return)</source>
        <translation>학습을 시작합니다 (Enter)</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>분기</translation>
    </message>
    <message>
        <source>Branch from {run}: a new run, with this one&apos;s history up to the step</source>
        <translation>{run}에서 분기: 이 스텝까지의 과정을 이어받는 새 기록</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Continue to epoch</source>
        <translation>목표 에폭</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Epochs in all, those that are done included.</source>
        <translation>이미 마친 것을 포함한 전체 에폭 수.</translation>
    </message>
    <message>
        <source>Learning rate of the branch.</source>
        <translation>분기의 학습률.</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Momentum of the branch.</source>
        <translation>분기의 모멘텀.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Where the branch begins: a step with a snapshot.</source>
        <translation>분기가 시작되는 스텝. 저장된 시점 가운데 선택합니다.</translation>
    </message>
    <message>
        <source>{run} has done its {epochs:epoch|epochs}</source>
        <translation>{run}: {epochs}에폭을 마쳤습니다</translation>
    </message>
    <message>
        <source>Close without starting (Esc)</source>
        <translation>시작하지 않고 닫기 (Esc)</translation>
    </message>
</context>
<context>
    <name>CurveControls</name>
    <message>
        <source>Average over about so many steps, the latest counting most; the raw curve stays behind it</source>
        <translation>약 이만큼의 스텝을 평균합니다. 최근 값의 비중이 가장 크며 원래 곡선은 뒤에 남습니다</translation>
    </message>
    <message>
        <source>Follow the training</source>
        <translation>학습 따라가기</translation>
    </message>
    <message>
        <source>Keep the whole training in view while it grows (O)</source>
        <translation>학습이 진행되는 동안 전체를 표시합니다 (O)</translation>
    </message>
    <message>
        <source>Log scale of the loss</source>
        <translation>손실의 로그 눈금</translation>
    </message>
    <message>
        <source>Loss on a log scale (L)</source>
        <translation>손실을 로그 눈금으로 표시합니다 (L)</translation>
    </message>
    <message>
        <source>Raw curves</source>
        <translation>원래 곡선</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>확대 초기화</translation>
    </message>
    <message>
        <source>Save the curves as PNG, SVG or PDF, the numbers as CSV or JSON (Ctrl+E)</source>
        <translation>곡선은 PNG, SVG, PDF로, 수치는 CSV나 JSON으로 저장합니다 (Ctrl+E)</translation>
    </message>
    <message>
        <source>Show the value of every step behind the smoothed curve (W)</source>
        <translation>평활화한 곡선 뒤에 스텝마다의 값을 표시합니다 (W)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>평활화</translation>
    </message>
    <message>
        <source>Smoothing of the training curves, in steps</source>
        <translation>학습 곡선의 평활화(스텝 수)</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>{n:step|steps}</source>
        <translation>{n}스텝</translation>
    </message>
    <message>
        <source>How the curves are shown</source>
        <translation>곡선 표시 방법</translation>
    </message>
    <message>
        <source>Smoothing, steps or epochs, log scale, raw curves, follow, reset zoom, export</source>
        <translation>평활화, 스텝 또는 에폭, 로그 눈금, 원래 곡선, 따라가기, 전체 보기, 내보내기</translation>
    </message>
    <message>
        <source>Count steps</source>
        <translation>스텝 단위</translation>
    </message>
    <message>
        <source>The horizontal axis counts steps (X)</source>
        <translation>가로축을 스텝으로 표시합니다(X).</translation>
    </message>
    <message>
        <source>Count epochs</source>
        <translation>에폭 단위</translation>
    </message>
    <message>
        <source>The horizontal axis counts epochs (X)</source>
        <translation>가로축을 에폭으로 표시합니다(X).</translation>
    </message>
    <message>
        <source>Show everything (Home). The wheel zooms the steps, dragging moves them</source>
        <translation>전체를 표시합니다(Home). 휠로 스텝을 확대하고 드래그로 이동합니다.</translation>
    </message>
    <message>
        <source>Export curves…</source>
        <translation>곡선 내보내기…</translation>
    </message>
</context>
<context>
    <name>CurveLegend</name>
    <message>
        <source>Legend of the curves</source>
        <translation>곡선의 범례</translation>
    </message>
    <message>
        <source>training, each step</source>
        <translation>학습, 스텝마다</translation>
    </message>
    <message>
        <source>training, epoch</source>
        <translation>학습, 에폭</translation>
    </message>
    <message>
        <source>training, smoothed</source>
        <translation>학습, 평활화</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>원래 값</translation>
    </message>
</context>
<context>
    <name>CurvesPart</name>
    <message>
        <source>of the pixels removed (deletion) or shown (insertion)</source>
        <translation>제거한(삭제) 또는 표시한(삽입) 픽셀의 비율</translation>
    </message>
    <message>
        <source>deletion</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>deletion, random order</source>
        <translation>삭제, 무작위 순서</translation>
    </message>
    <message>
        <source>insertion</source>
        <translation>삽입</translation>
    </message>
    <message>
        <source>insertion, random order</source>
        <translation>삽입, 무작위 순서</translation>
    </message>
    <message>
        <source>area, 1 order</source>
        <translation>면적, 순서 1개</translation>
    </message>
    <message>
        <source>area, {count} random orders</source>
        <translation>면적, 무작위 순서 {count}개</translation>
    </message>
    <message>
        <source>Does it name the pixels that matter?</source>
        <translation>맵이 중요한 픽셀을 가리킵니까?</translation>
    </message>
    <message>
        <source>black pixels</source>
        <translation>검은 픽셀</translation>
    </message>
    <message>
        <source>mean of the data</source>
        <translation>데이터의 평균</translation>
    </message>
    <message>
        <source>blurred image</source>
        <translation>흐린 이미지</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>로짓</translation>
    </message>
    <message>
        <source>Removed pixels show</source>
        <translation>제거한 픽셀</translation>
    </message>
    <message>
        <source>score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>What removed pixels show</source>
        <translation>제거한 픽셀에 표시할 값</translation>
    </message>
    <message>
        <source>A pixel that is removed shows this instead</source>
        <translation>제거한 픽셀에 대신 표시하는 값입니다</translation>
    </message>
    <message>
        <source>Score of the curves</source>
        <translation>곡선의 점수</translation>
    </message>
    <message>
        <source>The curves follow the probability of the class, or its logit</source>
        <translation>곡선은 클래스의 확률 또는 로짓을 나타냅니다</translation>
    </message>
    <message>
        <source>Deletion removes the pixels with the largest values first, insertion shows them first: a good order falls and rises sooner than a random one. What is left are images that the model has never seen, so compare only with the random orders of the same image.</source>
        <translation>삭제는 값이 큰 픽셀부터 제거하고, 삽입은 값이 큰 픽셀부터 표시합니다. 순서가 좋으면 무작위 순서보다 빨리 떨어지고 빨리 올라갑니다. 이렇게 만든 이미지는 모델이 본 적이 없으므로, 같은 이미지의 무작위 순서와만 비교하십시오.</translation>
    </message>
    <message>
        <source>Deletion and insertion curves</source>
        <translation>삭제·삽입 곡선</translation>
    </message>
    <message>
        <source>Areas under the curves</source>
        <translation>곡선 아래 면적</translation>
    </message>
    <message>
        <source>Measure ten orders</source>
        <translation>순서 10개로 측정</translation>
    </message>
</context>
<context>
    <name>CurvesTab</name>
    <message>
        <source>Equal curves, the first one wider: {marks}.</source>
        <translation>같은 곡선(앞의 것을 굵게 표시): {marks}.</translation>
    </message>
    <message>
        <source>Accuracy of the runs</source>
        <translation>기록의 정확도</translation>
    </message>
    <message>
        <source>Curves of the runs</source>
        <translation>기록의 곡선</translation>
    </message>
    <message>
        <source>Loss of the runs</source>
        <translation>기록의 손실</translation>
    </message>
    <message>
        <source>Thin lines: training, smoothed. Strong lines with symbols: validation after each epoch. Point at a curve to read all of them; validation stands in brackets.</source>
        <translation>가는 선: 평활화한 학습. 기호가 있는 굵은 선: 에폭마다의 검증. 곡선을 가리키면 모든 값을 읽습니다. 괄호 안은 검증입니다.</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>정확도 (%)</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>에폭 {number}</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>loss (log)</source>
        <translation>손실 (로그)</translation>
    </message>
    <message>
        <source>loss {loss} ({loss_validation}), {accuracy} ({accuracy_validation}) %</source>
        <translation>손실 {loss} ({loss_validation}), {accuracy} ({accuracy_validation}) %</translation>
    </message>
    <message>
        <source>seconds of training</source>
        <translation>학습 시간(초)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>step {number}</source>
        <translation>스텝 {number}</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>Accuracy over the training</source>
        <translation>학습 중의 정확도</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Loss over the training</source>
        <translation>학습 중의 손실</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>정확도 (%)</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>loss (log)</source>
        <translation>손실 (로그)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Loss, log scale</source>
        <translation>손실, 로그 눈금</translation>
    </message>
    <message>
        <source>validation {value}</source>
        <translation>검증 {value}</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>평활화</translation>
    </message>
</context>
<context>
    <name>DesignDrawing</name>
    <message>
        <source>Drawing of the design</source>
        <translation>설계 그림</translation>
    </message>
    <message>
        <source>What every layer gives for one image: height and width are those of its maps, the depth is its channels; a bar is a vector. Click a layer to edit it.</source>
        <translation>이미지 한 장에 대한 각 층의 출력입니다. 높이와 너비는 특징 맵의 크기, 깊이는 채널 수이고, 막대는 벡터입니다. 층을 클릭하면 편집할 수 있습니다.</translation>
    </message>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
</context>
<context>
    <name>DifferencesTab</name>
    <message>
        <source>All settings</source>
        <translation>모든 설정</translation>
    </message>
    <message>
        <source>Differences of configuration and outcome</source>
        <translation>설정과 결과의 차이</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV로 저장…</translation>
    </message>
    <message>
        <source>Save the table as CSV</source>
        <translation>표를 CSV로 저장</translation>
    </message>
    <message>
        <source>Settings in which the runs differ, and how they ended</source>
        <translation>기록마다 다른 설정과 결과</translation>
    </message>
    <message>
        <source>Show the settings that are the same for all, too</source>
        <translation>모두에 같은 설정도 표시합니다</translation>
    </message>
    <message>
        <source>The configurations are the same.</source>
        <translation>설정이 모두 같습니다.</translation>
    </message>
    <message>
        <source>Write every setting and every outcome to a file that pandas reads</source>
        <translation>모든 설정과 결과를 pandas로 읽을 수 있는 파일에 씁니다</translation>
    </message>
    <message>
        <source>{n:setting differs|settings differ}</source>
        <translation>설정 {n}개가 다릅니다</translation>
    </message>
</context>
<context>
    <name>DisagreementGrid</name>
    <message>
        <source>#{index}, true class {label}</source>
        <translation>#{index}, 정답 {label}</translation>
    </message>
    <message>
        <source>true class {label}</source>
        <translation>정답 {label}</translation>
    </message>
    <message>
        <source>{run} predicts {name} ({percent})</source>
        <translation>{run}: {name}({percent})로 예측</translation>
    </message>
</context>
<context>
    <name>DisagreementsTab</name>
    <message>
        <source>Where the models disagree</source>
        <translation>모델들의 예측이 다른 곳</translation>
    </message>
    <message>
        <source>Test images to which the compared runs give different answers will stand here: let every run predict the whole test set.</source>
        <translation>비교하는 기록들이 서로 다르게 예측한 테스트 이미지가 여기에 표시됩니다. 모든 기록으로 테스트 세트 전체를 예측해 보세요.</translation>
    </message>
    <message>
        <source>Cancel the evaluation</source>
        <translation>평가 취소</translation>
    </message>
    <message>
        <source>Predict no more test images</source>
        <translation>테스트 이미지 예측을 중단합니다</translation>
    </message>
    <message>
        <source>All disagreements</source>
        <translation>모든 불일치</translation>
    </message>
    <message>
        <source>All models agree on every test image.</source>
        <translation>모든 테스트 이미지에서 예측이 모두 같습니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Click an image, or walk with the arrow keys, to look at it in the network</source>
        <translation>이미지를 클릭하거나 화살표 키로 옮겨 가면 신경망에서 들여다봅니다</translation>
    </message>
    <message>
        <source>Find disagreements</source>
        <translation>불일치 찾기</translation>
    </message>
    <message>
        <source>How much of the test set is predicted</source>
        <translation>테스트 세트의 예측 진행률</translation>
    </message>
    <message>
        <source>Images on which the models disagree</source>
        <translation>예측이 다른 이미지</translation>
    </message>
    <message>
        <source>Predict all test images with every compared run, and show where the models disagree</source>
        <translation>비교 중인 모든 기록으로 테스트 이미지를 모두 예측하고 예측이 다른 이미지를 표시합니다</translation>
    </message>
    <message>
        <source>None is correct</source>
        <translation>모두 오답</translation>
    </message>
    <message>
        <source>Only {run} is correct</source>
        <translation>{run} 기록만 정답</translation>
    </message>
    <message>
        <source>Only {run} is wrong</source>
        <translation>{run} 기록만 오답</translation>
    </message>
    <message>
        <source>Show all of them, or only those in which one run alone is correct or wrong</source>
        <translation>모두 표시하거나, 한 기록만 정답이거나 오답인 이미지만 표시합니다</translation>
    </message>
    <message>
        <source>There is no such image.</source>
        <translation>그런 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Which disagreements</source>
        <translation>불일치의 종류</translation>
    </message>
    <message>
        <source>The models disagree on {n} of {total:test image|test images} ({percent} %); {shown} are shown.</source>
        <translation>테스트 이미지 {total}장 중 {n}장의 예측이 다릅니다({percent}%). {shown}장을 표시합니다.</translation>
    </message>
</context>
<context>
    <name>DownloadCard</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>다운로드</translation>
    </message>
    <message>
        <source>Download progress</source>
        <translation>다운로드 진행</translation>
    </message>
    <message>
        <source>Download, check and unpack it into the data folder</source>
        <translation>다운로드해 확인하고 데이터 폴더에 풉니다</translation>
    </message>
    <message>
        <source>Stop here; the next download continues where this one ended</source>
        <translation>여기서 중지합니다. 다음 다운로드는 여기서부터 이어집니다</translation>
    </message>
    <message>
        <source>{percent} % · {done} of {total} · {speed}/s</source>
        <translation>{percent}% · {total} 중 {done} · {speed}/s</translation>
    </message>
    <message>
        <source>{title} is not on this computer. Download: {size}. Licence: {licence}.</source>
        <translation>{title}: 이 컴퓨터에 없습니다. 다운로드 크기: {size}. 라이선스: {licence}.</translation>
    </message>
    <message>
        <source>{title} is shown with random weights: it has learned nothing. Open a file with weights, or download those trained on ImageNet: {size}. Licence: {licence}.</source>
        <translation>{title}: 무작위 초깃값, 아직 학습되지 않았습니다. 가중치 파일을 열거나 ImageNet으로 학습한 가중치를 다운로드하세요: {size}. 라이선스: {licence}.</translation>
    </message>
</context>
<context>
    <name>DrawCanvas</name>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
    <message>
        <source>Draw a digit with mouse, finger or pen. Delete clears the sheet, Ctrl+Z takes the last stroke back.</source>
        <translation>마우스, 손가락, 펜으로 숫자를 그리세요. Delete로 지우고 Ctrl+Z로 마지막 획을 되돌립니다.</translation>
    </message>
    <message>
        <source>Drawing canvas</source>
        <translation>그리기 캔버스</translation>
    </message>
    <message>
        <source>An example: draw your own</source>
        <translation>예시입니다. 직접 그려 보세요</translation>
    </message>
</context>
<context>
    <name>DrawTab</name>
    <message>
        <source>Brush width</source>
        <translation>붓 굵기</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear the sheet (Delete, while it has the focus)</source>
        <translation>캔버스를 비웁니다 (포커스가 있을 때 Delete)</translation>
    </message>
    <message>
        <source>Do again what was taken back (Ctrl+Shift+Z)</source>
        <translation>취소한 것을 다시 합니다 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Erase instead of draw (or use the right mouse button)</source>
        <translation>그리는 대신 지웁니다 (오른쪽 마우스 버튼도 됩니다)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Show this drawing</source>
        <translation>이 손그림 표시</translation>
    </message>
    <message>
        <source>Take back the last stroke (Ctrl+Z)</source>
        <translation>마지막 획을 되돌립니다 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>The network shows another image: let it show this drawing</source>
        <translation>네트워크에 다른 이미지가 표시되어 있습니다. 이 손그림을 표시합니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>More drawing tools</source>
        <translation>그리기 도구 더 보기</translation>
    </message>
    <message>
        <source>Redo, eraser, brush width, open and save the drawing</source>
        <translation>다시 실행, 지우개, 붓 굵기, 손그림 열기와 저장</translation>
    </message>
    <message>
        <source>Open drawing…</source>
        <translation>손그림 열기…</translation>
    </message>
    <message>
        <source>Open a saved drawing</source>
        <translation>저장한 손그림을 엽니다</translation>
    </message>
    <message>
        <source>Save drawing…</source>
        <translation>손그림 저장…</translation>
    </message>
    <message>
        <source>Save the drawing as a picture</source>
        <translation>손그림을 이미지 파일로 저장합니다</translation>
    </message>
    <message>
        <source>The sheet is on the stage.</source>
        <translation>캔버스가 크게 열려 있습니다.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Put the sheet back here (Esc)</source>
        <translation>캔버스를 이 자리로 되돌립니다 (Esc)</translation>
    </message>
    <message>
        <source>Draw large</source>
        <translation>크게 그리기</translation>
    </message>
    <message>
        <source>Draw on a sheet as large as the stage</source>
        <translation>화면만큼 큰 캔버스에 그립니다</translation>
    </message>
</context>
<context>
    <name>DrawingTools</name>
    <message>
        <source>The background has this colour already: choose Erase.</source>
        <translation>배경이 이미 이 색입니다. [지우기]를 선택하세요.</translation>
    </message>
    <message>
        <source>White</source>
        <translation>흰색</translation>
    </message>
    <message>
        <source>Add a white stroke</source>
        <translation>흰색 획을 추가합니다</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>검은색</translation>
    </message>
    <message>
        <source>Add a black stroke</source>
        <translation>검은색 획을 추가합니다</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Paint in the colour of the image&apos;s edge; the right button does</source>
        <translation>이미지 가장자리 색으로 칠합니다. 오른쪽 버튼도 같습니다</translation>
    </message>
    <message>
        <source>What the left button does</source>
        <translation>왼쪽 버튼의 기능</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>굵기</translation>
    </message>
    <message>
        <source>Width of a stroke</source>
        <translation>획의 굵기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take the last stroke back</source>
        <translation>마지막 획을 취소합니다</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Draw again what was taken back</source>
        <translation>취소한 획을 다시 그립니다</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>The image as it was</source>
        <translation>원래 이미지로 되돌립니다</translation>
    </message>
</context>
<context>
    <name>DrawnPicture</name>
    <message>
        <source>The image, to draw on</source>
        <translation>획을 그릴 이미지</translation>
    </message>
    <message>
        <source>Draw with the left button, erase with the right one. Ctrl+Z takes the last stroke back.</source>
        <translation>왼쪽 버튼으로 그리고 오른쪽 버튼으로 지웁니다. Ctrl+Z로 마지막 획을 취소합니다.</translation>
    </message>
</context>
<context>
    <name>DropFrame</name>
    <message>
        <source>Drop to open</source>
        <translation>놓으면 열립니다</translation>
    </message>
</context>
<context>
    <name>EarlyWeightsPresenter</name>
    <message>
        <source>Step {step} of the run is shown.</source>
        <translation>지금 보는 학습 기록의 스텝: {step}</translation>
    </message>
    <message>
        <source>Back to step {step}</source>
        <translation>돌아가기: 스텝 {step}</translation>
    </message>
    <message>
        <source>The untrained network is shown: its weights are random.</source>
        <translation>학습되지 않은 신경망을 보고 있습니다. 가중치는 무작위입니다.</translation>
    </message>
    <message>
        <source>Back to the bundled weights</source>
        <translation>기본 제공 가중치로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the weights before</source>
        <translation>이전 가중치로 돌아가기</translation>
    </message>
</context>
<context>
    <name>EmptyCurves</name>
    <message>
        <source>Train the model, and its loss and accuracy appear here while it learns.</source>
        <translation>모델을 학습하면 손실과 정확도를 여기에 표시합니다.</translation>
    </message>
    <message>
        <source>No training on the screen yet</source>
        <translation>아직 화면에 학습이 없습니다</translation>
    </message>
</context>
<context>
    <name>EpochLines</name>
    <message>
        <source>epoch {number}</source>
        <translation>에폭 {number}</translation>
    </message>
</context>
<context>
    <name>ErrorsPage</name>
    <message>
        <source>The test images are being predicted…</source>
        <translation>테스트 이미지를 예측하는 중입니다…</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
</context>
<context>
    <name>Evaluate</name>
    <message>
        <source>{wrong} became wrong · {right} became correct · {percent} % correct before</source>
        <translation>오답이 됨 {wrong}장 · 정답이 됨 {right}장 · 전에는 정확도 {percent}%</translation>
    </message>
    <message>
        <source>became correct</source>
        <translation>정답이 됨</translation>
    </message>
    <message>
        <source>No prediction became correct.</source>
        <translation>정답이 된 예측이 없습니다.</translation>
    </message>
    <message>
        <source>Sample of {total}</source>
        <translation>표본 {total}장</translation>
    </message>
    <message>
        <source>Sample of {total}, predicting all: {percent}</source>
        <translation>표본 {total}장, 전체 예측 중: {percent}</translation>
    </message>
    <message>
        <source>No test images</source>
        <translation>테스트 이미지 없음</translation>
    </message>
    <message>
        <source>{correct} correct in the sample of {total:test image|test images}</source>
        <translation>테스트 이미지 표본 {total}장 중 {correct}장 정답</translation>
    </message>
    <message>
        <source>{wrong} wrong in the sample of {total}</source>
        <translation>표본 {total}장 중 오답 {wrong}장</translation>
    </message>
    <message>
        <source>{label} predicted as {read} · {came} new, {left} gone in the sample of {total}</source>
        <translation>정답 {label}, 예측 {read} · 표본 {total}장 중 들어옴 {came}장, 나감 {left}장</translation>
    </message>
    <message>
        <source>{label} predicted correctly</source>
        <translation>정답 {label}, 예측도 {label}</translation>
    </message>
    <message>
        <source>{label} predicted as {read}</source>
        <translation>정답 {label}, 예측 {read}</translation>
    </message>
    <message>
        <source>{count:image|images}</source>
        <translation>이미지 {count}장</translation>
    </message>
    <message>
        <source>{count:image|images} in the sample of {total}</source>
        <translation>표본 {total}장 중 {count}장</translation>
    </message>
    <message>
        <source>none in the sample of {total}</source>
        <translation>표본 {total}장에는 없음</translation>
    </message>
    <message>
        <source>None in the sample of {total:test image|test images}.</source>
        <translation>테스트 이미지 표본 {total}장에는 없습니다.</translation>
    </message>
    <message>
        <source>{sentence} Sample of {total}.</source>
        <translation>{sentence} 표본 {total}장 기준.</translation>
    </message>
    <message>
        <source>Predicting for the comparison: {percent}</source>
        <translation>비교를 위해 예측하는 중: {percent}</translation>
    </message>
    <message>
        <source>Change: now minus before, in percentage points</source>
        <translation>변화: 현재 − 이전, 퍼센트 포인트</translation>
    </message>
    <message>
        <source>{meaning}: before → now</source>
        <translation>{meaning}: 이전 → 현재</translation>
    </message>
    <message>
        <source>Before: {reason}</source>
        <translation>이전: {reason}</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>{percent} % of {total:test image|test images} correct</source>
        <translation>테스트 이미지 {total}장 중 {percent}% 정답</translation>
    </message>
    <message>
        <source>sample of the {all:test image|test images}</source>
        <translation>테스트 이미지 {all}장의 표본</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>{wrong} wrong</source>
        <translation>오답 {wrong}장</translation>
    </message>
    <message>
        <source>No image of {label} is predicted as {read}.</source>
        <translation>정답이 {label}, 예측이 {read}인 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Every test image is predicted correctly.</source>
        <translation>모든 테스트 이미지가 정답입니다.</translation>
    </message>
    <message>
        <source>Point at a cell to see what it means; click it for its images.</source>
        <translation>칸을 가리키면 뜻이, 클릭하면 이미지가 나타납니다.</translation>
    </message>
    <message>
        <source>{label}: {count} of {whole:image|images} are predicted correctly, recall {share}.</source>
        <translation>{label}: 이미지 {whole}장 중 {count}장 정답, 재현율 {share}.</translation>
    </message>
    <message>
        <source>{count} of {whole:image|images} predicted as {label} are correct, precision {share}.</source>
        <translation>예측 {label}: 이미지 {whole}장 중 {count}장 정답, 정밀도 {share}.</translation>
    </message>
    <message>
        <source>{count} of {whole:image|images} of {label} are predicted correctly: {share}.</source>
        <translation>{label} 이미지 {whole}장 중 {count}장 정답: {share}.</translation>
    </message>
    <message>
        <source>{count} of {whole:image|images} of {label} are predicted as {read}: {share}.</source>
        <translation>{label} 이미지 {whole}장 중 예측 {read}: {count}장, {share}.</translation>
    </message>
    <message>
        <source>Back to the drawing</source>
        <translation>손그림으로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>이미지 파일로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the digit</source>
        <translation>처음 숫자로 돌아가기</translation>
    </message>
    <message>
        <source>Back to the image</source>
        <translation>이전 이미지로 돌아가기</translation>
    </message>
    <message>
        <source>wrong predictions</source>
        <translation>오답</translation>
    </message>
    <message>
        <source>all images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>became wrong</source>
        <translation>오답이 됨</translation>
    </message>
    <message>
        <source>predicted differently</source>
        <translation>예측이 달라짐</translation>
    </message>
    <message>
        <source>{label} predicted as {read} · {came} new, {left} gone</source>
        <translation>정답 {label}, 예측 {read} · 들어옴 {came}장, 나감 {left}장</translation>
    </message>
    <message>
        <source>No image came into this cell, and none left it.</source>
        <translation>이 칸에 들어오거나 이 칸에서 나간 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>No prediction became wrong.</source>
        <translation>오답이 된 예측이 없습니다.</translation>
    </message>
    <message>
        <source>Every image is predicted as before.</source>
        <translation>모든 이미지의 예측이 전과 같습니다.</translation>
    </message>
    <message>
        <source>{label} predicted correctly: {now} now, {before} before.</source>
        <translation>{label} 정답: 지금 {now}장, 전에는 {before}장.</translation>
    </message>
    <message>
        <source>{label} predicted as {read}: {now} now, {before} before.</source>
        <translation>정답 {label}, 예측 {read}: 지금 {now}장, 전에는 {before}장.</translation>
    </message>
    <message>
        <source>{label} has no images here: it has no recall.</source>
        <translation>{label}: 이미지가 없어 재현율이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is predicted as {label}: it has no precision.</source>
        <translation>{label}: 예측된 이미지가 없어 정밀도가 없습니다.</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Of what is predicted as the class, the share that is</source>
        <translation>이 클래스로 예측한 것 중 실제로 이 클래스인 비율</translation>
    </message>
    <message>
        <source>Of the images of the class, the share that is found</source>
        <translation>이 클래스의 이미지 중 바르게 예측한 비율</translation>
    </message>
    <message>
        <source>The harmonic mean of precision and recall</source>
        <translation>정밀도와 재현율의 조화 평균</translation>
    </message>
    <message>
        <source>Images of the class (support)</source>
        <translation>이 클래스의 이미지 수(support)</translation>
    </message>
    <message>
        <source>Images predicted as the class</source>
        <translation>이 클래스로 예측한 이미지 수</translation>
    </message>
    <message>
        <source>Nothing is predicted as this class.</source>
        <translation>이 클래스로 예측한 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>There are no images of this class.</source>
        <translation>이 클래스의 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>There are no images of this class, and nothing is predicted as it.</source>
        <translation>이 클래스의 이미지가 없고, 이 클래스로 예측한 이미지도 없습니다.</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>정답 클래스</translation>
    </message>
    <message>
        <source>Of the class</source>
        <translation>클래스 내 비율</translation>
    </message>
    <message>
        <source>The share of the images of the true class</source>
        <translation>정답 클래스의 이미지 중 비율</translation>
    </message>
    <message>
        <source>loss {number}</source>
        <translation>손실 {number}</translation>
    </message>
    <message>
        <source>#{index}: true class {label}, predicted {name} ({percent})</source>
        <translation>#{index}: 정답 {label}, 예측 {name} ({percent})</translation>
    </message>
    <message>
        <source>loss {loss}, margin {margin}</source>
        <translation>손실 {loss}, 마진 {margin}</translation>
    </message>
    <message>
        <source>before: predicted {name} ({percent})</source>
        <translation>전: 예측 {name} ({percent})</translation>
    </message>
</context>
<context>
    <name>EvaluateWorkspace</name>
    <message>
        <source>Evaluate</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Which class is taken for which, and the images behind each number</source>
        <translation>어느 클래스를 어느 클래스로 예측했는지와 각 숫자에 해당하는 이미지</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Precision, recall and F1 of each class, and the largest confusions</source>
        <translation>클래스별 정밀도, 재현율, F1과 가장 많은 혼동</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Whether probabilities can be believed, and which images look like none of the classes</source>
        <translation>확률을 믿을 수 있는지와 어느 클래스에도 속하지 않는 듯한 이미지</translation>
    </message>
    <message>
        <source>Pages of Evaluate</source>
        <translation>평가 페이지</translation>
    </message>
</context>
<context>
    <name>EvaluationPresenter</name>
    <message>
        <source>True class {label}, predicted {name}, step {step}</source>
        <translation>정답 {label}, 예측 {name} (스텝 {step})</translation>
    </message>
    <message>
        <source>Wrong predictions, step {step}</source>
        <translation>오답, 스텝 {step}</translation>
    </message>
</context>
<context>
    <name>ExplainView</name>
    <message>
        <source># there is no short form of this operation</source>
        <translation># 이 연산에는 짧은 코드가 없습니다</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>역전파</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Every operand of this number</source>
        <translation>이 수의 모든 피연산자</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>수식</translation>
    </message>
    <message>
        <source>Gradients, and the next step of one weight</source>
        <translation>기울기와 한 가중치의 다음 스텝</translation>
    </message>
    <message>
        <source>How it is explained</source>
        <translation>설명 방식</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>배우기</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>Operands</source>
        <translation>피연산자</translation>
    </message>
    <message>
        <source>PyTorch that prints the same number</source>
        <translation>같은 수를 출력하는 PyTorch 코드</translation>
    </message>
    <message>
        <source>The formula with the numbers put in</source>
        <translation>숫자를 대입한 수식</translation>
    </message>
    <message>
        <source>What the operation does, and questions on these numbers</source>
        <translation>연산이 하는 일과 이 숫자에 대한 문제</translation>
    </message>
    <message>
        <source>The formula of this operation is not supported.</source>
        <translation>이 연산의 수식은 지원하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ExploreWorkspace</name>
    <message>
        <source>Back to {workspace}</source>
        <translation>‘{workspace}’ 화면으로 돌아가기</translation>
    </message>
    <message>
        <source>{back} (Esc, once the network is shown)</source>
        <translation>{back} (네트워크 화면에서 Esc)</translation>
    </message>
    <message>
        <source>The maps of this model are being computed…</source>
        <translation>이 모델의 맵을 계산하는 중…</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>All layers, from the image to the answer</source>
        <translation>이미지부터 답까지 모든 층</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>What a layer reads, its kernels and its maps</source>
        <translation>층이 읽는 것, 커널, 맵</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>Why a number is what it is: click a value in the network</source>
        <translation>숫자가 왜 그 값인지 봅니다: 네트워크에서 값을 클릭하세요</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>이 답의 근거</translation>
    </message>
    <message>
        <source>On which pixels and channels the answer rests, beside the network</source>
        <translation>답의 근거가 된 픽셀과 채널을 네트워크 옆에 표시합니다</translation>
    </message>
</context>
<context>
    <name>ExportCurves</name>
    <message>
        <source>Choose the file: its ending picks PNG, SVG or PDF</source>
        <translation>파일을 고릅니다. 확장자로 PNG, SVG, PDF가 정해집니다</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>높이(픽셀)</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>너비(픽셀)</translation>
    </message>
    <message>
        <source>{width} wide, {height} high</source>
        <translation>가로 {width}, 세로 {height}</translation>
    </message>
    <message>
        <source>Current theme</source>
        <translation>현재 테마</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
</context>
<context>
    <name>ExportImagesButton</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>{count:image|images} as a folder of PNG files…</source>
        <translation>이미지 {count}장을 PNG 폴더로…</translation>
    </message>
    <message>
        <source>{count:image|images} as a table (CSV)…</source>
        <translation>이미지 {count}장을 표(CSV)로…</translation>
    </message>
    <message>
        <source>Select all listed (Ctrl+A)</source>
        <translation>목록 전체 선택 (Ctrl+A)</translation>
    </message>
    <message>
        <source>Save the images selected, or all that are listed, pixel for pixel, with what is predicted</source>
        <translation>선택한 이미지 또는 목록의 모든 이미지를 픽셀 그대로, 예측과 함께 저장합니다</translation>
    </message>
    <message>
        <source>Export {count}</source>
        <translation>{count}장 내보내기</translation>
    </message>
</context>
<context>
    <name>FieldPicture</name>
    <message>
        <source>Receptive field on the picture</source>
        <translation>그림 위의 수용 영역</translation>
    </message>
    <message>
        <source>The part of the picture that the value in the middle of the chosen layer&apos;s maps depends on; thin frames: the layers before it.</source>
        <translation>선택한 층의 특징 맵 가운데 값이 의존하는 그림의 부분. 가는 틀: 그 앞의 층들.</translation>
    </message>
    <message>
        <source>Without a picture</source>
        <translation>그림 없음</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>A folder with one sub-folder of images a class</source>
        <translation>클래스마다 이미지 하위 폴더가 있는 폴더</translation>
    </message>
    <message>
        <source>Arrays (*.npz)</source>
        <translation>배열 (*.npz)</translation>
    </message>
    <message>
        <source>Arrays and pictures (*.npz *.npy *.png)</source>
        <translation>배열과 그림 (*.npz *.npy *.png)</translation>
    </message>
    <message>
        <source>Arrays and pictures (*.png *.npy)</source>
        <translation>배열과 그림 (*.png *.npy)</translation>
    </message>
    <message>
        <source>Export curves</source>
        <translation>곡선 내보내기</translation>
    </message>
    <message>
        <source>Export feature maps</source>
        <translation>특징 맵 내보내기</translation>
    </message>
    <message>
        <source>Export video</source>
        <translation>동영상 내보내기</translation>
    </message>
    <message>
        <source>Export kernels</source>
        <translation>커널 내보내기</translation>
    </message>
    <message>
        <source>Export network picture</source>
        <translation>신경망 그림 내보내기</translation>
    </message>
    <message>
        <source>Export numbers</source>
        <translation>수치 내보내기</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.webm *.gif)</source>
        <translation>동영상 (*.mp4 *.webm *.gif)</translation>
    </message>
    <message>
        <source>Images (*.png *.jpg *.jpeg *.jfif *.bmp *.gif *.webp *.tif *.tiff *.ppm *.pgm *.avif)</source>
        <translation>이미지 (*.png *.jpg *.jpeg *.jfif *.bmp *.gif *.webp *.tif *.tiff *.ppm *.pgm *.avif)</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>데이터셋 열기</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>손그림 열기</translation>
    </message>
    <message>
        <source>Open image</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>가중치 열기</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>그림 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png)</source>
        <translation>그림 (*.svg *.png)</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>손그림 저장</translation>
    </message>
    <message>
        <source>Save weights</source>
        <translation>가중치 저장</translation>
    </message>
    <message>
        <source>Tables (*.csv *.json)</source>
        <translation>표 (*.csv *.json)</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>가중치 (*.safetensors)</translation>
    </message>
    <message>
        <source>Weights ({endings})</source>
        <translation>가중치 ({endings})</translation>
    </message>
    <message>
        <source>Save changed picture</source>
        <translation>바뀐 이미지 저장</translation>
    </message>
    <message>
        <source>Export map</source>
        <translation>맵 내보내기</translation>
    </message>
    <message>
        <source>Picture, array or description (*.png *.npy *.json)</source>
        <translation>그림, 배열, 설명 (*.png *.npy *.json)</translation>
    </message>
</context>
<context>
    <name>FileTab</name>
    <message>
        <source>Find the digit and prepare it as MNIST&apos;s makers did: cropped, scaled to 20×20, centred by mass. Otherwise the picture is cropped and scaled like the model&apos;s own images.</source>
        <translation>숫자를 찾아 MNIST를 만든 방식대로 자르고 20×20 크기로 맞춘 뒤 무게 중심을 가운데에 놓습니다. 선택하지 않으면 모델의 학습 이미지와 같은 방식으로 자르고 크기를 맞춥니다.</translation>
    </message>
    <message>
        <source>No picture is open</source>
        <translation>열린 그림이 없습니다</translation>
    </message>
    <message>
        <source>Open a picture (Ctrl+O)</source>
        <translation>그림을 엽니다 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>그림 열기</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Paste a picture from the clipboard (Ctrl+V)</source>
        <translation>클립보드의 그림을 붙여넣습니다 (Ctrl+V)</translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation>그림 붙여넣기</translation>
    </message>
    <message>
        <source>Show this picture</source>
        <translation>이 이미지 표시</translation>
    </message>
    <message>
        <source>The network shows another image: let it show this picture</source>
        <translation>네트워크에 다른 이미지가 표시되어 있습니다. 이 이미지를 표시합니다</translation>
    </message>
    <message>
        <source>Prepare as a digit</source>
        <translation>손글씨로 전처리</translation>
    </message>
</context>
<context>
    <name>FilesPresenter</name>
    <message>
        <source>The file holds others of the same model too, which were left: {left}.</source>
        <translation>이 파일에는 같은 모델의 다른 가중치도 있으며 사용하지 않았습니다: {left}.</translation>
    </message>
    <message>
        <source>The weights in {file} are on the screen: {loaded} of {count:tensor|tensors} loaded.</source>
        <translation>{file} 파일의 가중치를 화면에 표시합니다. 텐서 {count}개 가운데 {loaded}개를 불러왔습니다.</translation>
    </message>
    <message>
        <source>{file} notes {count:muted channel|muted channels} beside the weights.</source>
        <translation>{file} 파일에 꺼진 채널 {count}개를 가중치와 함께 기록했습니다.</translation>
    </message>
    <message>
        <source>{count:channel|channels} muted</source>
        <translation>채널 {count}개 꺼짐</translation>
    </message>
</context>
<context>
    <name>FilmProgress</name>
    <message>
        <source>Writing the video: {percent} %</source>
        <translation>동영상 저장 중: {percent}%</translation>
    </message>
    <message>
        <source>Progress of the video</source>
        <translation>동영상 진행률</translation>
    </message>
    <message>
        <source>Cancel the video</source>
        <translation>동영상 취소</translation>
    </message>
    <message>
        <source>Stop writing the video</source>
        <translation>동영상 저장을 중지합니다</translation>
    </message>
</context>
<context>
    <name>FineTuningPresenter</name>
    <message>
        <source>{weights}, {count:channel|channels} muted</source>
        <translation>{weights}, 채널 {count}개 꺼짐</translation>
    </message>
    <message>
        <source>the run “{run}” at step {step}</source>
        <translation>기록 “{run}”의 스텝 {step}</translation>
    </message>
</context>
<context>
    <name>Flip</name>
    <message>
        <source>One step: {found}</source>
        <translation>한 스텝: {found}</translation>
    </message>
    <message>
        <source>Many steps: {found}</source>
        <translation>여러 스텝: {found}</translation>
    </message>
    <message>
        <source>{before} becomes {after} ({share}) with {count:grey level|grey levels} of {all}, the fewest found.</source>
        <translation>찾은 최소 변화: 밝기 {all}단계 중 {count}단계. 예측: {before} → {after} ({share}).</translation>
    </message>
    <message>
        <source>{before} becomes {after} ({share}) with up to {count:grey level|grey levels}.</source>
        <translation>밝기를 {count}단계까지 바꾸면 예측: {before} → {after} ({share}).</translation>
    </message>
    <message>
        <source>With up to {count:grey level|grey levels} the answer is not {name}, but {after} ({share}).</source>
        <translation>밝기를 {count}단계까지 바꾸어도 {name} 클래스로 예측되지 않습니다. 예측: {after} ({share}).</translation>
    </message>
    <message>
        <source>With up to {count:grey level|grey levels} the answer stays {after} ({share}).</source>
        <translation>밝기를 {count}단계까지 바꾸어도 예측이 같습니다: {after} ({share}).</translation>
    </message>
    <message>
        <source>One step, while more is tried: {found}</source>
        <translation>한 스텝의 결과입니다(계속 탐색 중): {found}</translation>
    </message>
    <message>
        <source>The gradient is 0 everywhere: these methods find no direction in which to change the image.</source>
        <translation>기울기(gradient)가 모두 0입니다. 이 방법으로는 이미지를 바꿀 방향을 찾을 수 없습니다.</translation>
    </message>
    <message>
        <source>The image is predicted as {name} already.</source>
        <translation>이미 예측 클래스: {name}.</translation>
    </message>
    <message>
        <source>No change found, however large. Nearest: {count:grey level|grey levels}, predicted {after} ({share}).</source>
        <translation>아무리 크게 바꾸어도 찾지 못했습니다. 가장 가까운 변화: 밝기 {count}단계, 예측 {after} ({share}).</translation>
    </message>
    <message>
        <source>{changed} of {count:pixel|pixels} changed, none by more than {most}.</source>
        <translation>픽셀 {count}개 중 {changed}개가 바뀌었고, 가장 큰 변화는 {most}단계입니다.</translation>
    </message>
</context>
<context>
    <name>FlipPage</name>
    <message>
        <source>Changed picture</source>
        <translation>변경된 이미지</translation>
    </message>
    <message>
        <source>How a change is searched, and what becomes of the changed picture</source>
        <translation>변경을 찾는 방법과 변경된 이미지의 사용</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Predicted {before}. Draw on the image, and the logits follow.</source>
        <translation>예측: {before}. 이미지에 그리면 로짓이 따라 변합니다.</translation>
    </message>
    <message>
        <source>Predicted {before} before and {after} now.</source>
        <translation>예측: 이전 {before}, 지금 {after}.</translation>
    </message>
    <message>
        <source>It can say that no change which was tried is enough.</source>
        <translation>시도한 변화로는 답이 바뀌지 않는다는 것을 알 수 있습니다.</translation>
    </message>
    <message>
        <source>It cannot say that no other change of this size is.</source>
        <translation>같은 크기의 다른 변화로도 바뀌지 않는지는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>It can say that a change this small is enough: the answer shown is that to the picture as it is saved.</source>
        <translation>알 수 있는 것: 이만큼 작은 변화로도 예측이 바뀝니다. 표시된 예측은 저장되는 그대로의 이미지에 대한 것입니다.</translation>
    </message>
    <message>
        <source>It cannot say that no smaller change exists, nor how the model takes changes that happen by themselves, such as blur or another hand.</source>
        <translation>알 수 없는 것: 더 작은 변화가 없다는 것, 그리고 흐림이나 다른 필체처럼 저절로 생기는 변화에 모델이 어떻게 반응하는지.</translation>
    </message>
    <message>
        <source>It can say what this very stroke does to every logit.</source>
        <translation>알 수 있는 것: 바로 이 획이 각 로짓을 얼마나 바꾸는지.</translation>
    </message>
    <message>
        <source>It cannot say what another stroke, or the same one on another image, would do.</source>
        <translation>알 수 없는 것: 다른 획이나 다른 이미지에서의 같은 획이 무엇을 바꿀지.</translation>
    </message>
    <message>
        <source>Search a change</source>
        <translation>변화 찾기</translation>
    </message>
    <message>
        <source>The smallest change that the gradient finds</source>
        <translation>기울기(gradient)로 찾은 가장 작은 변화</translation>
    </message>
    <message>
        <source>Draw a change</source>
        <translation>직접 그리기</translation>
    </message>
    <message>
        <source>Add or erase a stroke, and see the logits move</source>
        <translation>획을 더하거나 지우면서 로짓의 변화를 봅니다</translation>
    </message>
    <message>
        <source>How the image is changed</source>
        <translation>이미지를 바꾸는 방법</translation>
    </message>
    <message>
        <source>Use as input</source>
        <translation>입력으로 사용</translation>
    </message>
    <message>
        <source>The changed picture becomes the input of the whole window</source>
        <translation>바뀐 이미지를 창 전체의 입력으로 사용합니다</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>이미지 저장…</translation>
    </message>
    <message>
        <source>As a PNG of the model&apos;s size, whose answer is the one shown</source>
        <translation>모델 입력 크기의 PNG로 저장합니다. 표시된 예측은 이 파일의 예측입니다</translation>
    </message>
</context>
<context>
    <name>FlipPresenter</name>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>changed picture</source>
        <translation>바뀐 이미지</translation>
    </message>
</context>
<context>
    <name>FreezeDialog</name>
    <message>
        <source>Train from the weights on the screen</source>
        <translation>화면의 가중치로 학습</translation>
    </message>
    <message>
        <source>A new run begins with the weights of {weights}, with the values of the Train page. Layers ticked here are frozen: their weights stay as they are.</source>
        <translation>{weights}의 가중치와 [학습] 화면의 설정으로 새 기록을 시작합니다. 여기서 선택한 층은 고정되어 가중치가 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Layers to freeze</source>
        <translation>고정할 층</translation>
    </message>
    <message>
        <source>{count:weight|weights}, {biases:bias|biases}</source>
        <translation>가중치 {count}개, 편향 {biases}개</translation>
    </message>
    <message>
        <source>{count:weight|weights}</source>
        <translation>가중치 {count}개</translation>
    </message>
    <message>
        <source>Dropout and the averages of batch normalisation go on in frozen layers too, as in PyTorch.</source>
        <translation>고정한 층에서도 드롭아웃과 배치 정규화의 이동 평균은 PyTorch와 같이 계속됩니다.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>GalleryFilters</name>
    <message>
        <source>All classes</source>
        <translation>모든 클래스</translation>
    </message>
    <message>
        <source>Test images</source>
        <translation>테스트 이미지</translation>
    </message>
    <message>
        <source>Training images</source>
        <translation>학습 이미지</translation>
    </message>
    <message>
        <source>Split of the data set</source>
        <translation>데이터 구분</translation>
    </message>
    <message>
        <source>Which split of the data set is shown</source>
        <translation>표시할 데이터 구분</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Show only images of this class</source>
        <translation>이 클래스의 이미지만 표시합니다</translation>
    </message>
    <message>
        <source>Only wrong</source>
        <translation>오답만</translation>
    </message>
    <message>
        <source>Show only the images whose prediction is wrong</source>
        <translation>모델의 예측이 틀린 이미지만 표시합니다</translation>
    </message>
    <message>
        <source>Image number</source>
        <translation>이미지 번호</translation>
    </message>
    <message>
        <source>Go to an image by its number, counted from 0</source>
        <translation>인덱스(0부터)로 이미지를 찾습니다</translation>
    </message>
    <message>
        <source>Random image</source>
        <translation>무작위 이미지</translation>
    </message>
    <message>
        <source>Choose one of the images shown at random</source>
        <translation>표시된 이미지 중 하나를 무작위로 선택합니다</translation>
    </message>
    <message>
        <source>Find the wrong ones again</source>
        <translation>오답 다시 찾기</translation>
    </message>
    <message>
        <source>Predict all images of this split with the current weights</source>
        <translation>현재 가중치로 이 데이터 구분의 모든 이미지를 예측합니다</translation>
    </message>
    <message>
        <source>Show all images again</source>
        <translation>모든 이미지 다시 보기</translation>
    </message>
</context>
<context>
    <name>Glossary</name>
    <message>
        <source>Adaptive average pooling</source>
        <translation>적응형 평균 풀링</translation>
    </message>
    <message>
        <source>Addition</source>
        <translation>덧셈</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>평균 풀링</translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation>배치 정규화</translation>
    </message>
    <message>
        <source>Concatenation</source>
        <translation>이어 붙이기</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>합성곱</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>교차 엔트로피</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>드롭아웃</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>평탄화</translation>
    </message>
    <message>
        <source>Fully connected layer</source>
        <translation>완전 연결층</translation>
    </message>
    <message>
        <source>Input image</source>
        <translation>입력 이미지</translation>
    </message>
    <message>
        <source>Log-softmax</source>
        <translation>로그 소프트맥스</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>최대 풀링</translation>
    </message>
    <message>
        <source>Min pooling</source>
        <translation>최소 풀링</translation>
    </message>
    <message>
        <source>Negative log-likelihood</source>
        <translation>음의 로그 가능도</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>소프트맥스</translation>
    </message>
    <message>
        <source>activation function</source>
        <translation>activation function(활성화 함수)</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>batch(배치)</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>bias(편향)</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>channel(채널)</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>cross-entropy(교차 엔트로피)</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>dropout(드롭아웃)</translation>
    </message>
    <message>
        <source>feature map</source>
        <translation>feature map(특징 맵)</translation>
    </message>
    <message>
        <source>feature vector</source>
        <translation>feature vector(특징 벡터)</translation>
    </message>
    <message>
        <source>fully connected layer</source>
        <translation>fully connected layer(완전 연결층)</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>gradient(기울기)</translation>
    </message>
    <message>
        <source>gradient descent</source>
        <translation>gradient descent(경사 하강법)</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>kernel(커널)</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>learning rate(학습률)</translation>
    </message>
    <message>
        <source>log-likelihood</source>
        <translation>log-likelihood(로그 가능도)</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>logit(로짓)</translation>
    </message>
    <message>
        <source>loss function</source>
        <translation>loss function(손실 함수)</translation>
    </message>
    <message>
        <source>nonlinearity</source>
        <translation>nonlinearity(비선형성)</translation>
    </message>
    <message>
        <source>normalisation</source>
        <translation>normalisation(정규화)</translation>
    </message>
    <message>
        <source>overfitting</source>
        <translation>overfitting(과적합)</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>padding(패딩)</translation>
    </message>
    <message>
        <source>parameter sharing</source>
        <translation>parameter sharing(매개변수 공유)</translation>
    </message>
    <message>
        <source>pixel</source>
        <translation>pixel(픽셀)</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>pooling(풀링)</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>probability(확률)</translation>
    </message>
    <message>
        <source>receptive field</source>
        <translation>receptive field(수용 영역)</translation>
    </message>
    <message>
        <source>regularisation</source>
        <translation>regularisation(규제)</translation>
    </message>
    <message>
        <source>residual network</source>
        <translation>residual network(잔차 신경망)</translation>
    </message>
    <message>
        <source>running mean</source>
        <translation>running mean(이동 평균)</translation>
    </message>
    <message>
        <source>skip connection</source>
        <translation>skip connection(건너뛰기 연결)</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax(소프트맥스)</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>stride(스트라이드)</translation>
    </message>
    <message>
        <source>translation equivariance</source>
        <translation>translation equivariance(이동 등변성)</translation>
    </message>
    <message>
        <source>translation invariance</source>
        <translation>translation invariance(이동 불변성)</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>weight(가중치)</translation>
    </message>
</context>
<context>
    <name>GradientRow</name>
    <message>
        <source>Above: values. Below: gradients, red up, blue down; ± the largest.</source>
        <translation>위: 값. 아래: 기울기, 빨강은 증가, 파랑은 감소; ± 최댓값.</translation>
    </message>
    <message>
        <source>{size}, also from {layers}</source>
        <translation>{size}, {layers}에서도</translation>
    </message>
    <message>
        <source>Values and gradients</source>
        <translation>값과 기울기</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Above: values. Below: how the loss changes with each of them, red up, blue down; ± the largest gradient.</source>
        <translation>위: 값. 아래: 각 값에 대한 손실의 변화(빨강은 증가, 파랑은 감소), ±는 가장 큰 기울기.</translation>
    </message>
    <message>
        <source>From the loss back to the weight. Above: the values of a map. Below: how the loss would change with each of them, red up, blue down. A click on a layer pins it.</source>
        <translation>손실에서 가중치까지 거슬러 갑니다. 위: 맵의 값. 아래: 각 값에 대한 손실의 변화(빨강은 증가, 파랑은 감소). 층을 클릭하면 고정합니다.</translation>
    </message>
</context>
<context>
    <name>GroupSteps</name>
    <message>
        <source>m is the largest of {n:value|values}: no exponential overflows then.</source>
        <translation>m은 값 {n}개 중 최댓값입니다. 이를 빼면 exp 값이 오버플로하지 않습니다.</translation>
    </message>
    <message>
        <source>sum of {n:head|heads}</source>
        <translation>헤드 {n}개의 합</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>sum of {n:product|products}</source>
        <translation>곱 {n}개의 합</translation>
    </message>
    <message>
        <source>sum of {n:value|values}</source>
        <translation>값 {n}개의 합</translation>
    </message>
    <message>
        <source>number of values</source>
        <translation>값의 개수</translation>
    </message>
    <message>
        <source>The group has {n:value|values}: {first} to {last}.</source>
        <translation>그룹의 값은 {n}개입니다: {first}–{last}.</translation>
    </message>
    <message>
        <source>σ² = {variance} is the group&apos;s variance; ε = {epsilon} keeps the divisor from 0.</source>
        <translation>σ² = {variance}: 그룹의 분산. ε = {epsilon}: 0으로 나누지 않게 하는 값입니다.</translation>
    </message>
    <message>
        <source>mean μ of the group</source>
        <translation>그룹의 평균 μ</translation>
    </message>
    <message>
        <source>normalised</source>
        <translation>정규화한 값</translation>
    </message>
    <message>
        <source>Σ x² / n = {variance} is the mean of the squares; ε = {epsilon}; γ is learned.</source>
        <translation>Σ x² / n = {variance}: 제곱의 평균. ε = {epsilon}. γ는 학습됩니다.</translation>
    </message>
    <message>
        <source>The divisor is the root of Σ |x|ᵖ = {total} over {n:value|values}, p = {p}, at least ε = {least}.</source>
        <translation>나누는 수는 값 {n}개의 Σ |x|ᵖ = {total}의 p제곱근입니다(p = {p}, 최소 ε = {least}).</translation>
    </message>
    <message>
        <source>Σ x² = {total} over {n:channel|channels} around it; k = {k}, α/n = {share}, β = {power}.</source>
        <translation>Σ x² = {total}: 이웃 채널 {n}개의 합. k = {k}, α/n = {share}, β = {power}.</translation>
    </message>
    <message>
        <source>Of {n:value|values}, counted from the smallest, number {rank} is taken.</source>
        <translation>값 {n}개 중 작은 쪽에서 {rank}번째 값을 선택합니다.</translation>
    </message>
    <message>
        <source>The largest of {n:value|values} is taken.</source>
        <translation>값 {n}개 중 최댓값을 선택합니다.</translation>
    </message>
    <message>
        <source>The smallest of {n:value|values} is taken.</source>
        <translation>값 {n}개 중 최솟값을 선택합니다.</translation>
    </message>
    <message>
        <source>{n:value|values} are equal: the first is named.</source>
        <translation>값 {n}개가 같습니다. 첫 번째 위치를 표시합니다.</translation>
    </message>
    <message>
        <source>The root of the sum of {n} powers, p = {p}.</source>
        <translation>거듭제곱 {n}개의 합의 p제곱근입니다(p = {p}).</translation>
    </message>
    <message>
        <source>variance</source>
        <translation>분산</translation>
    </message>
    <message>
        <source>μ = {mean} is the mean of {n:value|values}.</source>
        <translation>μ = {mean}, 값 {n}개의 평균입니다.</translation>
    </message>
    <message>
        <source>The divisor is one less than their number, for their mean is taken from themselves.</source>
        <translation>평균을 같은 값에서 구했으므로 개수보다 1 작은 수로 나눕니다.</translation>
    </message>
    <message>
        <source>product of {n:value|values}</source>
        <translation>값 {n}개의 곱</translation>
    </message>
    <message>
        <source>score = query · key × {scale}; the softmax of all scores gives the shares.</source>
        <translation>점수 = 쿼리 · 키 × {scale}. 모든 점수의 소프트맥스가 비율입니다.</translation>
    </message>
    <message>
        <source>The query is {cell} and the {n:value|values} after it; it looks at {seen} keys.</source>
        <translation>쿼리는 {cell}과 그 뒤의 값 {n}개이고, 키 {seen}개를 봅니다.</translation>
    </message>
    <message>
        <source>Σ share × value  =</source>
        <translation>Σ 비율 × 값  =</translation>
    </message>
    <message>
        <source>h before</source>
        <translation>이전 h</translation>
    </message>
    <message>
        <source>c before</source>
        <translation>이전 c</translation>
    </message>
    <message>
        <source>from the input</source>
        <translation>입력에서</translation>
    </message>
    <message>
        <source>r × from the state</source>
        <translation>r × 상태에서</translation>
    </message>
    <message>
        <source>from the state</source>
        <translation>상태에서</translation>
    </message>
    <message>
        <source>i input gate</source>
        <translation>i 입력 게이트</translation>
    </message>
    <message>
        <source>f forget gate</source>
        <translation>f 망각 게이트</translation>
    </message>
    <message>
        <source>g candidate</source>
        <translation>g 후보</translation>
    </message>
    <message>
        <source>o output gate</source>
        <translation>o 출력 게이트</translation>
    </message>
    <message>
        <source>r reset gate</source>
        <translation>r 리셋 게이트</translation>
    </message>
    <message>
        <source>z update gate</source>
        <translation>z 업데이트 게이트</translation>
    </message>
    <message>
        <source>n candidate</source>
        <translation>n 후보</translation>
    </message>
    <message>
        <source>c memory</source>
        <translation>c 메모리</translation>
    </message>
</context>
<context>
    <name>GroupWriter</name>
    <message>
        <source>a tie of {n:equal value|equal values}; the first is {cell}</source>
        <translation>같은 값 {n}개, 첫 번째 위치: {cell}</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>candidate g</source>
        <translation>후보 g</translation>
    </message>
    <message>
        <source>candidate n</source>
        <translation>후보 n</translation>
    </message>
    <message>
        <source>each head: the key that it looks at most, its share, and what the head adds</source>
        <translation>헤드별: 가장 크게 주목하는 키, 그 비율, 헤드가 더하는 값</translation>
    </message>
    <message>
        <source>forget gate f</source>
        <translation>망각 게이트 f</translation>
    </message>
    <message>
        <source>head {number}</source>
        <translation>헤드 {number}</translation>
    </message>
    <message>
        <source>input gate i</source>
        <translation>입력 게이트 i</translation>
    </message>
    <message>
        <source>key {number}</source>
        <translation>키 {number}</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>memory before, c′</source>
        <translation>이전 기억 c′</translation>
    </message>
    <message>
        <source>output gate o</source>
        <translation>출력 게이트 o</translation>
    </message>
    <message>
        <source>reset gate r</source>
        <translation>리셋 게이트 r</translation>
    </message>
    <message>
        <source>rows {rows}, columns {cols}</source>
        <translation>행 {rows}, 열 {cols}</translation>
    </message>
    <message>
        <source>so far {sum}</source>
        <translation>누적 {sum}</translation>
    </message>
    <message>
        <source>state before, h</source>
        <translation>이전 상태 h</translation>
    </message>
    <message>
        <source>state h</source>
        <translation>상태 h</translation>
    </message>
    <message>
        <source>sum of {n:term|terms}</source>
        <translation>{n}개 항의 합</translation>
    </message>
    <message>
        <source>sum of {n:value|values}, each times its share</source>
        <translation>값 {n}개에 각 비율을 곱한 합</translation>
    </message>
    <message>
        <source>sum over {n} heads + bias {bias}</source>
        <translation>헤드 {n}개의 합 + 편향 {bias}</translation>
    </message>
    <message>
        <source>sum {total} of {n:value|values}</source>
        <translation>값 {n}개의 합 {total}</translation>
    </message>
    <message>
        <source>the largest of {n:value|values} is {cell}</source>
        <translation>값 {n}개 중 최댓값 위치: {cell}</translation>
    </message>
    <message>
        <source>the other {n:term|terms} together (click to list them)</source>
        <translation>나머지 항 {n}개의 합(클릭하면 모두 표시)</translation>
    </message>
    <message>
        <source>the root of the sum of {n} powers</source>
        <translation>거듭제곱 {n}개를 더한 값의 거듭제곱근</translation>
    </message>
    <message>
        <source>the smallest of {n:value|values} is {cell}</source>
        <translation>값 {n}개 중 최솟값 위치: {cell}</translation>
    </message>
    <message>
        <source>update gate z</source>
        <translation>업데이트 게이트 z</translation>
    </message>
    <message>
        <source>{input} from the input + {state} from the state</source>
        <translation>입력 {input} + 상태 {state}</translation>
    </message>
    <message>
        <source>{value} × {weight} = term, ranked by size</source>
        <translation>{value} × {weight} = 항, 크기순</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>values of {layer}, ranked</source>
        <translation>{layer} 층의 값, 크기순</translation>
    </message>
    <message>
        <source>the group in {layer}, largest first</source>
        <translation>{layer} 층의 그룹, 큰 값부터</translation>
    </message>
    <message>
        <source>number {rank} of {n} from the smallest is {cell}</source>
        <translation>값 {n}개 중 작은 쪽에서 {rank}번째 값: {cell}</translation>
    </message>
    <message>
        <source>score, softmax = share, × {values} = term</source>
        <translation>점수, 소프트맥스 = 비율, × {values} = 항</translation>
    </message>
    <message>
        <source>the group in {layer}, by size</source>
        <translation>{layer} 층의 그룹, 크기순</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>cnnviewer help</source>
        <translation>cnnviewer 도움말</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>하는 일</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>주제</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>도움말 검색</translation>
    </message>
    <message>
        <source>No topic has these words.</source>
        <translation>이 단어들이 있는 주제가 없습니다.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>So far, to step {step}: {sentence}</source>
        <translation>현재 스텝 {step}까지: {sentence}</translation>
    </message>
    <message>
        <source>Predicted {name} at all {count:kept step|kept steps}.</source>
        <translation>저장된 {count}개 스텝 모두에서 예측: {name}.</translation>
    </message>
    <message>
        <source>, which is correct</source>
        <translation> (정답)</translation>
    </message>
    <message>
        <source>, which is wrong</source>
        <translation> (오답)</translation>
    </message>
    <message>
        <source>Snapshots of a model above 1 MB keep eight bits for each weight: a probability may be off by about one in a hundred.</source>
        <translation>1 MB보다 큰 모델의 시점은 가중치를 8비트로 저장하므로, 확률에 0.01가량 오차가 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>{count:snapshot|snapshots} could not be read.</source>
        <translation>시점 {count}개를 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>The answer changed {count:time|times}. Since step {step} it is {name}{correctness}.</source>
        <translation>예측이 {count}번 바뀌었습니다. 스텝 {step}부터 예측: {name}{correctness}.</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Reading snapshots…</source>
        <translation>시점을 읽는 중…</translation>
    </message>
    <message>
        <source>On top: the class predicted. Click a step, or a change in the list, to see the network as it was.</source>
        <translation>맨 위 띠: 예측한 클래스. 스텝이나 목록의 항목을 클릭하면 그때의 네트워크를 표시합니다.</translation>
    </message>
    <message>
        <source>No run, no history</source>
        <translation>학습 기록이 없어 이력이 없습니다</translation>
    </message>
    <message>
        <source>The weights on the screen belong to no run, so none of their earlier steps were kept. Train this model, or open a run in Compare: then its answers to this image are shown here, step by step.</source>
        <translation>화면의 가중치는 학습 기록에 속하지 않아 이전 스텝이 저장되어 있지 않습니다. 이 모델을 학습하거나 [비교]에서 학습 기록을 열면, 이 이미지의 예측이 스텝별로 표시됩니다.</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>학습으로 이동</translation>
    </message>
    <message>
        <source>Opens the workspace Train</source>
        <translation>학습 작업 공간을 엽니다</translation>
    </message>
    <message>
        <source>Read the history</source>
        <translation>이력 읽기</translation>
    </message>
    <message>
        <source>Go on reading the run&apos;s snapshots</source>
        <translation>학습 기록의 시점을 이어서 읽습니다</translation>
    </message>
    <message>
        <source>It can say at which kept step this image was first predicted so, and how surely.</source>
        <translation>알 수 있는 것: 어느 저장된 스텝에서 이 이미지가 처음 이렇게 예측되었고, 확률이 얼마였는지.</translation>
    </message>
    <message>
        <source>It cannot say why the answer changed there, nor what happened between two kept steps, where it may have changed and changed back.</source>
        <translation>알 수 없는 것: 예측이 바뀐 까닭, 그리고 저장된 두 스텝 사이에서 예측이 바뀌었다가 되돌아왔는지.</translation>
    </message>
    <message>
        <source>These are the run&apos;s own networks: what you have muted since is not muted in them.</source>
        <translation>학습 기록 그대로의 네트워크입니다. 이후에 끈 채널은 반영하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>HistoryPlot</name>
    <message>
        <source>Step {step}: {answers}</source>
        <translation>스텝 {step}: {answers}</translation>
    </message>
    <message>
        <source>Probabilities of the classes over the steps</source>
        <translation>스텝별 클래스 확률</translation>
    </message>
    <message>
        <source>step</source>
        <translation>스텝</translation>
    </message>
</context>
<context>
    <name>HyperparameterForm</name>
    <message>
        <source>Augmentation</source>
        <translation>데이터 증강</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>드롭아웃</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>How far the weights move against the gradient at each step. May be changed while training.</source>
        <translation>스텝마다 가중치가 기울기의 반대쪽으로 얼마나 움직이는지입니다. 학습 중에 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>How many images are looked at before the weights move one step.</source>
        <translation>가중치가 한 걸음 움직이기 전에 보는 이미지의 수입니다.</translation>
    </message>
    <message>
        <source>How much of the last step&apos;s direction the next one keeps. May be changed while training.</source>
        <translation>다음 스텝이 지난 스텝의 방향을 얼마나 이어받는지입니다. 학습 중에 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>How often the whole training set is gone through.</source>
        <translation>학습 데이터 전체를 몇 번 되풀이하는지입니다.</translation>
    </message>
    <message>
        <source>How strongly large weights are pulled towards zero at each step (L2 penalty).</source>
        <translation>스텝마다 큰 가중치를 0쪽으로 당기는 세기입니다(L2 규제).</translation>
    </message>
    <message>
        <source>How the learning rate goes over the training: constant, or down to 0 along a cosine.</source>
        <translation>학습하는 동안 학습률의 변화입니다. 고정하거나 코사인을 따라 0까지 줄입니다.</translation>
    </message>
    <message>
        <source>How training images are varied: flips and crops for photos, handwriting for digits.</source>
        <translation>학습 이미지를 바꾸는 방법입니다. 사진은 뒤집고 자르며 숫자는 손글씨처럼 바꿉니다.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>고급 설정</translation>
    </message>
    <message>
        <source>Part of the training images held out to validate on; 0 validates on the test images.</source>
        <translation>검증용으로 떼어 두는 학습 이미지의 비율입니다. 0이면 테스트 이미지로 검증합니다.</translation>
    </message>
    <message>
        <source>changed to {model}&apos;s {value}</source>
        <translation>{model} 모델의 기본값 {value}</translation>
    </message>
    <message>
        <source>Before: {value}. A click takes this mark away.</source>
        <translation>이전 값: {value}. 클릭하면 이 표시가 사라집니다.</translation>
    </message>
    <message>
        <source>Probability that a channel is switched off while training, in place of the model&apos;s own.</source>
        <translation>학습 중에 채널이 꺼질 확률로, 모델에 정해진 값 대신 씁니다.</translation>
    </message>
    <message>
        <source>PyTorch&apos;s thread count on the CPU; 0 lets the program choose.</source>
        <translation>CPU에서 PyTorch가 쓰는 스레드 수입니다. 0이면 프로그램이 정합니다.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>스케줄</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>검증 비율</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>가중치 감쇠</translation>
    </message>
    <message>
        <source>Where the random numbers begin: the same seed gives the same weights to the last bit.</source>
        <translation>난수가 시작되는 곳입니다. 같은 시드는 마지막 비트까지 같은 가중치를 줍니다.</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>코사인</translation>
    </message>
    <message>
        <source>flip and crop</source>
        <translation>뒤집기와 자르기</translation>
    </message>
    <message>
        <source>handwriting</source>
        <translation>손글씨</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>the model&apos;s</source>
        <translation>모델의 값</translation>
    </message>
    <message>
        <source>More: seed, schedule, augmentation…</source>
        <translation>더 보기: 시드, 스케줄, 증강…</translation>
    </message>
    <message>
        <source>Seed, validation share, schedule, augmentation, weight decay, dropout, threads</source>
        <translation>시드, 검증 비율, 스케줄, 데이터 증강, 가중치 감쇠, 드롭아웃, 스레드</translation>
    </message>
    <message>
        <source>More: seed, schedule…</source>
        <translation>더 보기: 시드, 스케줄…</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>더 보기…</translation>
    </message>
</context>
<context>
    <name>ImagesCard</name>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>순서</translation>
    </message>
    <message>
        <source>Which images are listed, and in which order</source>
        <translation>표시할 이미지와 순서</translation>
    </message>
    <message>
        <source>Inspect again what was inspected before</source>
        <translation>이전에 보던 입력을 다시 표시합니다</translation>
    </message>
    <message>
        <source>most confident first</source>
        <translation>확신이 높은 순서</translation>
    </message>
    <message>
        <source>least confident first</source>
        <translation>확신이 낮은 순서</translation>
    </message>
    <message>
        <source>by index</source>
        <translation>인덱스 순서</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>이미지 순서</translation>
    </message>
    <message>
        <source>Images of the cell</source>
        <translation>칸의 이미지</translation>
    </message>
    <message>
        <source>Saving images…</source>
        <translation>이미지를 저장하는 중…</translation>
    </message>
    <message>
        <source>No image fits {words}.</source>
        <translation>검색 결과가 없습니다: {words}</translation>
    </message>
    <message>
        <source>largest loss first</source>
        <translation>손실이 큰 순서</translation>
    </message>
    <message>
        <source>smallest margin first</source>
        <translation>마진이 작은 순서</translation>
    </message>
    <message>
        <source>Images listed</source>
        <translation>표시할 이미지</translation>
    </message>
    <message>
        <source>Which images are listed while no cell is chosen</source>
        <translation>칸을 선택하지 않았을 때 표시할 이미지입니다</translation>
    </message>
    <message>
        <source>Confidence: the probability of the predicted class. Loss: the negative logarithm of the probability of the true class. Margin: the logit of the true class minus the largest other logit.</source>
        <translation>확신도: 예측 클래스의 확률입니다. 손실: 정답 클래스 확률의 음의 로그입니다. 마진: 정답 클래스의 로짓에서 나머지 중 가장 큰 로짓을 뺀 값입니다.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Search the images</source>
        <translation>이미지 검색</translation>
    </message>
    <message>
        <source>An index such as #2447, the name of a class, part of a file&apos;s name</source>
        <translation>#2447 같은 인덱스, 클래스 이름, 파일 이름의 일부</translation>
    </message>
    <message>
        <source>A click makes an image the input; Ctrl or Shift and a click, or Ctrl+A, select several</source>
        <translation>클릭하면 그 이미지가 입력이 됩니다. Ctrl이나 Shift를 누르고 클릭하거나 Ctrl+A로 여러 장을 선택합니다</translation>
    </message>
    <message>
        <source>‹ Confusion matrix</source>
        <translation>‹ 혼동 행렬</translation>
    </message>
    <message>
        <source>Back to the confusion matrix</source>
        <translation>혼동 행렬로 돌아가기</translation>
    </message>
    <message>
        <source>Close Why and show the confusion matrix again</source>
        <translation>근거를 닫고 혼동 행렬을 다시 표시</translation>
    </message>
</context>
<context>
    <name>ImagesDialogs</name>
    <message>
        <source>Export a table</source>
        <translation>표 내보내기</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Make the folder {name} in</source>
        <translation>{name} 폴더를 만들 위치</translation>
    </message>
</context>
<context>
    <name>ImagesTab</name>
    <message>
        <source>Previous image</source>
        <translation>이전 이미지</translation>
    </message>
    <message>
        <source>The image before this one, of those shown</source>
        <translation>표시된 이미지 중 이전 이미지를 선택합니다</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>다음 이미지</translation>
    </message>
    <message>
        <source>The image behind this one, of those shown</source>
        <translation>표시된 이미지 중 다음 이미지를 선택합니다</translation>
    </message>
    <message>
        <source>Random image</source>
        <translation>무작위 이미지</translation>
    </message>
    <message>
        <source>Choose one of the images shown at random</source>
        <translation>표시된 이미지 중 하나를 무작위로 선택합니다</translation>
    </message>
    <message>
        <source>Show this image</source>
        <translation>이 이미지 보기</translation>
    </message>
    <message>
        <source>The network shows another image: let it show this one</source>
        <translation>신경망이 다른 이미지를 표시하고 있습니다. 이 이미지를 표시합니다</translation>
    </message>
    <message>
        <source>All images…</source>
        <translation>모든 이미지…</translation>
    </message>
    <message>
        <source>All images over the stage: by class, by number, only the wrong ones</source>
        <translation>모든 이미지를 크게 표시합니다. 클래스나 인덱스로 찾거나 오답만 볼 수 있습니다</translation>
    </message>
</context>
<context>
    <name>InputGrid</name>
    <message>
        <source>Input with its padding</source>
        <translation>패딩을 포함한 입력</translation>
    </message>
    <message>
        <source>Paint with the left button, erase with the right one. Or move with the arrow keys and type numbers. Pointing at a cell marks every output that reads it.</source>
        <translation>왼쪽 버튼으로 칠하고 오른쪽 버튼으로 지웁니다. 화살표 키로 움직이며 숫자를 입력해도 됩니다. 칸을 가리키면 그 칸을 계산에 쓰는 모든 출력이 표시됩니다.</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>read by no window</source>
        <translation>어느 윈도도 읽지 않음</translation>
    </message>
    <message>
        <source>row {row}, column {col}: {value}</source>
        <translation>행 {row}, 열 {col}: {value}</translation>
    </message>
</context>
<context>
    <name>InputLens</name>
    <message>
        <source>Change size and normalisation</source>
        <translation>크기와 정규화 변경</translation>
    </message>
    <message>
        <source>Change the size of the model&apos;s input, and its normalisation</source>
        <translation>모델 입력의 크기와 정규화를 변경합니다</translation>
    </message>
    <message>
        <source>No image.</source>
        <translation>이미지가 없습니다.</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>모델이 보는 것</translation>
    </message>
    <message>
        <source>{height}×{width} pixels, {channels:channel|channels}.</source>
        <translation>{height}×{width} 픽셀, 채널 {channels}개.</translation>
    </message>
    <message>
        <source>The model sees</source>
        <translation>모델이 보는 것</translation>
    </message>
    <message>
        <source>The model sees · {shape}</source>
        <translation>모델이 보는 것 · {shape}</translation>
    </message>
    <message>
        <source>The model&apos;s input. Point at a pixel, or use the arrow keys, to read its value. A click shows it large, with the steps of its preparation.</source>
        <translation>모델의 입력입니다. 픽셀을 가리키거나 화살표 키를 쓰면 값이 나옵니다. 클릭하면 전처리 단계와 함께 크게 표시합니다.</translation>
    </message>
    <message>
        <source>Model input</source>
        <translation>모델의 입력</translation>
    </message>
</context>
<context>
    <name>InputPanel</name>
    <message>
        <source>Choose an image of the data set</source>
        <translation>데이터셋의 이미지를 고릅니다</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>그리기</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Input and prediction</source>
        <translation>입력과 예측</translation>
    </message>
    <message>
        <source>Open, drop or paste a picture</source>
        <translation>그림을 열거나 끌어다 놓거나 붙여넣습니다</translation>
    </message>
    <message>
        <source>Where the image comes from</source>
        <translation>이미지의 출처</translation>
    </message>
    <message>
        <source>{tip}. The network shows it now.</source>
        <translation>{tip}. 지금 네트워크에 표시된 이미지입니다.</translation>
    </message>
    <message>
        <source>Make the input narrow</source>
        <translation>입력 영역 좁히기</translation>
    </message>
    <message>
        <source>Give the stage more room (Ctrl+B)</source>
        <translation>작업 화면을 더 넓게 씁니다 (Ctrl+B)</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
</context>
<context>
    <name>InputTools</name>
    <message>
        <source>Brush</source>
        <translation>붓</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Fill the input with random whole numbers from −4 to 9.</source>
        <translation>입력을 −4에서 9까지의 무작위 정수로 채웁니다.</translation>
    </message>
    <message>
        <source>Fill the input with zeros.</source>
        <translation>입력을 0으로 채웁니다.</translation>
    </message>
    <message>
        <source>From the image</source>
        <translation>이미지에서</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>입력 크기</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>무작위</translation>
    </message>
    <message>
        <source>Rows and columns of the input, 3 to 12.</source>
        <translation>입력의 행과 열 수, 3에서 12.</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z).</source>
        <translation>마지막 변경을 되돌립니다 (Ctrl+Z).</translation>
    </message>
    <message>
        <source>The program&apos;s current image, its channels averaged, shrunk to this size.</source>
        <translation>현재 이미지의 채널을 평균하여 이 크기로 줄입니다.</translation>
    </message>
    <message>
        <source>The value that the left mouse button paints; the right one paints 0.</source>
        <translation>왼쪽 버튼이 칠하는 값. 오른쪽 버튼은 0을 칠합니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Make the change again (Ctrl+Shift+Z).</source>
        <translation>취소한 변경을 다시 적용합니다(Ctrl+Shift+Z).</translation>
    </message>
</context>
<context>
    <name>InspectionPresenter</name>
    <message>
        <source>Read it as it is</source>
        <translation>있는 그대로 읽기</translation>
    </message>
</context>
<context>
    <name>Invitation</name>
    <message>
        <source>Choose model, data or weights…</source>
        <translation>모델, 데이터, 가중치 선택…</translation>
    </message>
    <message>
        <source>Open the choice that the button at the top has</source>
        <translation>위쪽 버튼의 선택 창을 엽니다</translation>
    </message>
</context>
<context>
    <name>KernelEditor</name>
    <message>
        <source>Click a weight and type a number; the wheel changes it by 1. The arrow keys go to its neighbours.</source>
        <translation>가중치를 클릭하고 숫자를 입력하세요. 휠은 1씩 바꾸고 화살표 키는 이웃으로 갑니다.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>weight row {row}, column {col}: {value}</source>
        <translation>가중치 행 {row}, 열 {col}: {value}</translation>
    </message>
</context>
<context>
    <name>KernelGrid</name>
    <message>
        <source>Choose a layer with weights to see its kernels.</source>
        <translation>가중치가 있는 층을 고르면 커널이 보입니다.</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>in ↓ out →</source>
        <translation>입력 ↓ 출력 →</translation>
    </message>
    <message>
        <source>out ↓ in →</source>
        <translation>출력 ↓ 입력 →</translation>
    </message>
</context>
<context>
    <name>KernelPane</name>
    <message>
        <source>This run has no such layer.</source>
        <translation>이 기록에는 그런 층이 없습니다.</translation>
    </message>
    <message>
        <source>Kernels of {run}</source>
        <translation>{run}의 커널</translation>
    </message>
    <message>
        <source>mean {mean}, std {std}</source>
        <translation>평균 {mean}, 표준편차 {std}</translation>
    </message>
    <message>
        <source>{run}, difference</source>
        <translation>{run}, 차이</translation>
    </message>
</context>
<context>
    <name>KernelView</name>
    <message>
        <source>{shape} = {count:weight|weights}</source>
        <translation>{shape} = 가중치 {count}개</translation>
    </message>
    <message>
        <source>{shape} = {count:weight|weights}, {biases:bias|biases}</source>
        <translation>{shape} = 가중치 {count}개, 편향 {biases}개</translation>
    </message>
    <message>
        <source>All kernels, out × in</source>
        <translation>모든 커널, 출력 × 입력</translation>
    </message>
    <message>
        <source>How kernels are shown</source>
        <translation>커널 표시 방법</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>입력 채널</translation>
    </message>
    <message>
        <source>Kernels of the selected layer</source>
        <translation>선택한 층의 커널</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>One input channel</source>
        <translation>입력 채널 하나</translation>
    </message>
    <message>
        <source>Point at a weight, or use the arrow keys, to read it. Zoom: Ctrl and the wheel, or + and −; 0 fits.</source>
        <translation>가중치를 가리키거나 화살표 키로 읽습니다. 확대: Ctrl과 휠, 또는 +와 −. 0은 전체 맞춤.</translation>
    </message>
    <message>
        <source>RGB together</source>
        <translation>RGB 함께</translation>
    </message>
    <message>
        <source>The layer whose weights are shown.</source>
        <translation>가중치를 보일 층입니다.</translation>
    </message>
    <message>
        <source>What a tile shows: one input channel, its colours, or every kernel.</source>
        <translation>타일에 보일 것: 입력 채널 하나, 색, 또는 모든 커널.</translation>
    </message>
    <message>
        <source>Which input channel&apos;s kernels are shown.</source>
        <translation>커널을 보일 입력 채널입니다.</translation>
    </message>
    <message>
        <source>in ↓ out →</source>
        <translation>입력 ↓ 출력 →</translation>
    </message>
    <message>
        <source>out ↓ in →</source>
        <translation>출력 ↓ 입력 →</translation>
    </message>
    <message>
        <source>{name} (row {row}, col {col}) = {value}</source>
        <translation>{name} ({row}행 {col}열) = {value}</translation>
    </message>
    <message>
        <source>{name} = {value}</source>
        <translation>{name} = {value}</translation>
    </message>
    <message>
        <source>{count:weight|weights}</source>
        <translation>가중치 {count}개</translation>
    </message>
    <message>
        <source>{count:weight|weights}, {biases:bias|biases}</source>
        <translation>가중치 {count}개, 편향 {biases}개</translation>
    </message>
</context>
<context>
    <name>KernelsTab</name>
    <message>
        <source>Difference to the first run</source>
        <translation>첫 번째 기록과의 차이</translation>
    </message>
    <message>
        <source>Show what each run&apos;s weights have more or less than the first one&apos;s, where shapes agree</source>
        <translation>형태가 같으면 각 기록의 가중치가 첫 번째 기록보다 얼마나 크거나 작은지 표시합니다</translation>
    </message>
    <message>
        <source>The colours mean the same numbers for every run</source>
        <translation>모든 기록에서 같은 색은 같은 수를 뜻합니다</translation>
    </message>
    <message>
        <source>Difference to the first</source>
        <translation>첫 번째와의 차이</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>입력 채널</translation>
    </message>
    <message>
        <source>Input channel to compare</source>
        <translation>비교할 입력 채널</translation>
    </message>
    <message>
        <source>Kernels side by side</source>
        <translation>나란히 놓은 커널</translation>
    </message>
    <message>
        <source>Layer to compare</source>
        <translation>비교할 층</translation>
    </message>
    <message>
        <source>Show the kernels of one input channel, or all of them</source>
        <translation>입력 채널 하나의 커널만, 또는 모두 표시합니다</translation>
    </message>
    <message>
        <source>The layer whose kernels are set side by side</source>
        <translation>커널을 나란히 놓을 층</translation>
    </message>
    <message>
        <source>all</source>
        <translation>모두</translation>
    </message>
</context>
<context>
    <name>KnownClasses</name>
    <message>
        <source>{model} can answer one of {count:class|classes}: {names}</source>
        <translation>{model} 모델의 답(클래스 {count}개): {names}</translation>
    </message>
    <message>
        <source>{model} can answer: {names}</source>
        <translation>{model} 모델의 답: {names}</translation>
    </message>
    <message>
        <source>What the model can answer</source>
        <translation>모델이 답할 수 있는 클래스</translation>
    </message>
</context>
<context>
    <name>LargeDrawing</name>
    <message>
        <source>Drawing on the stage</source>
        <translation>크게 그리기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take back the last stroke (Ctrl+Z)</source>
        <translation>마지막 획을 되돌립니다 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Do again what was taken back (Ctrl+Shift+Z)</source>
        <translation>취소한 것을 다시 합니다 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear the sheet (Delete, while it has the focus)</source>
        <translation>캔버스를 비웁니다 (포커스가 있을 때 Delete)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Erase instead of draw (or use the right mouse button)</source>
        <translation>그리는 대신 지웁니다 (오른쪽 마우스 버튼도 됩니다)</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>손그림 열기</translation>
    </message>
    <message>
        <source>Open a saved drawing…</source>
        <translation>저장한 손그림을 엽니다…</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>손그림 저장</translation>
    </message>
    <message>
        <source>Save the drawing as a picture…</source>
        <translation>손그림을 이미지 파일로 저장합니다…</translation>
    </message>
    <message>
        <source>Brush width</source>
        <translation>붓 굵기</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Put the sheet back at the side (Esc)</source>
        <translation>캔버스를 옆으로 되돌립니다 (Esc)</translation>
    </message>
</context>
<context>
    <name>LastChange</name>
    <message>
        <source>numbers of Backward</source>
        <translation>역전파의 숫자</translation>
    </message>
    <message>
        <source>fields of the sweep</source>
        <translation>스윕의 입력란</translation>
    </message>
    <message>
        <source>numbers of the branch</source>
        <translation>분기의 숫자</translation>
    </message>
    <message>
        <source>Redo: {change}</source>
        <translation>다시 실행: {change}</translation>
    </message>
    <message>
        <source>Undo: {change}</source>
        <translation>실행 취소: {change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>손그림</translation>
    </message>
    <message>
        <source>muted channels</source>
        <translation>꺼진 채널</translation>
    </message>
    <message>
        <source>name or note of a run</source>
        <translation>기록의 이름 또는 메모</translation>
    </message>
    <message>
        <source>deletion of runs</source>
        <translation>기록 삭제</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>settings of the training</source>
        <translation>학습 설정</translation>
    </message>
    <message>
        <source>layers of the design</source>
        <translation>설계의 층</translation>
    </message>
    <message>
        <source>sandbox</source>
        <translation>샌드박스</translation>
    </message>
    <message>
        <source>drawn change</source>
        <translation>그려 넣은 변경</translation>
    </message>
</context>
<context>
    <name>LayerDetails</name>
    <message>
        <source>Choose a layer to see how far it sees.</source>
        <translation>층을 선택하면 얼마나 넓게 보는지 나타납니다.</translation>
    </message>
    <message>
        <source>Larger than the picture: it reaches into the padding.</source>
        <translation>그림보다 커서 패딩까지 미칩니다.</translation>
    </message>
    <message>
        <source>Multiply-adds {count}</source>
        <translation>곱셈-덧셈 {count}</translation>
    </message>
    <message>
        <source>Multiply-adds {places:place|places} × {weights:weight|weights} = {count}</source>
        <translation>곱셈-덧셈 {places}곳 × 가중치 {weights}개 = {count}</translation>
    </message>
    <message>
        <source>Multiply-adds: not known for this operation</source>
        <translation>곱셈-덧셈: 이 연산에 대해서는 알 수 없음</translation>
    </message>
    <message>
        <source>Neighbouring values see parts {down}×{across} pixels apart.</source>
        <translation>이웃한 값은 {down}×{across} 픽셀 떨어진 곳을 봅니다.</translation>
    </message>
    <message>
        <source>Parameters {text}</source>
        <translation>매개변수 {text}</translation>
    </message>
    <message>
        <source>Receptive field {rows}×{cols} of {height}×{width} pixels</source>
        <translation>수용 영역 {rows}×{cols}, 전체 {height}×{width} 픽셀</translation>
    </message>
    <message>
        <source>Shape {shape}, {memory}</source>
        <translation>형태 {shape}, {memory}</translation>
    </message>
    <message>
        <source>The chosen layer</source>
        <translation>선택한 층</translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Layers of the model</source>
        <translation>모델의 층</translation>
    </message>
    <message>
        <source>No layers yet: begin with a preset, or add a layer.</source>
        <translation>아직 층이 없습니다. 예제에서 시작하거나 층을 추가하세요.</translation>
    </message>
</context>
<context>
    <name>LayerRow</name>
    <message>
        <source>For {layer} to fit too: {number} at most {value}.</source>
        <translation>{layer}에도 맞으려면: {number} 최대 {value}.</translation>
    </message>
    <message>
        <source>Drag to move the layer; keys: Alt with up or down.</source>
        <translation>끌어서 층을 옮깁니다. 키: Alt와 위·아래.</translation>
    </message>
    <message>
        <source>Kind of layer</source>
        <translation>층의 종류</translation>
    </message>
    <message>
        <source>Layer {place}: {name}, {kind}, gives {shape}</source>
        <translation>{place}번째 층: {name}, {kind}, 출력 {shape}</translation>
    </message>
    <message>
        <source>Move the layer down (Alt+Down)</source>
        <translation>층을 아래로 (Alt+아래)</translation>
    </message>
    <message>
        <source>Move the layer up (Alt+Up)</source>
        <translation>층을 위로 (Alt+위)</translation>
    </message>
    <message>
        <source>Remove the layer (Ctrl+Delete)</source>
        <translation>층 삭제 (Ctrl+Delete)</translation>
    </message>
    <message>
        <source>Shape of what the layer gives for one image: channels×height×width.</source>
        <translation>이미지 한 장에 대한 층 출력의 형태: 채널×높이×너비.</translation>
    </message>
    <message>
        <source>What the layer does.</source>
        <translation>층이 하는 일.</translation>
    </message>
    <message>
        <source>{count:parameter|parameters}</source>
        <translation>매개변수 {count}개</translation>
    </message>
</context>
<context>
    <name>LayerRows</name>
    <message>
        <source>Layers of {model}</source>
        <translation>{model}의 층</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>memory: {count} bytes</source>
        <translation>메모리: {count}바이트</translation>
    </message>
    <message>
        <source>multiply-adds: {count}</source>
        <translation>곱셈-덧셈: {count}</translation>
    </message>
    <message>
        <source>parameters: {text}</source>
        <translation>매개변수: {text}</translation>
    </message>
    <message>
        <source>receptive field: {height}×{width} pixels</source>
        <translation>수용 영역: {height}×{width} 픽셀</translation>
    </message>
    <message>
        <source>sees {height}×{width}</source>
        <translation>수용 영역 {height}×{width}</translation>
    </message>
    <message>
        <source>shape {shape}</source>
        <translation>형태 {shape}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>params</source>
        <translation>매개변수</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MAC</translation>
    </message>
</context>
<context>
    <name>LayerView</name>
    <message>
        <source>Click a value: see its arithmetic</source>
        <translation>값을 클릭하면 계산 과정을 봅니다</translation>
    </message>
    <message>
        <source>{n:value|values}</source>
        <translation>값 {n}개</translation>
    </message>
    <message>
        <source>{n:map|maps} of {height}×{width}</source>
        <translation>{height}×{width} 맵 {n}개</translation>
    </message>
    <message>
        <source>One layer</source>
        <translation>한 층</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>The layer that is shown</source>
        <translation>보이는 층</translation>
    </message>
    <message>
        <source>Order of the maps</source>
        <translation>맵의 순서</translation>
    </message>
    <message>
        <source>A map is as strong as the largest size of its values</source>
        <translation>맵의 세기는 값의 가장 큰 절댓값입니다</translation>
    </message>
    <message>
        <source>Maps of the layer</source>
        <translation>층의 맵</translation>
    </message>
    <message>
        <source>Maps that the layer reads</source>
        <translation>층이 읽는 맵</translation>
    </message>
    <message>
        <source>Click two maps to compare them</source>
        <translation>맵 두 개를 클릭하면 비교합니다</translation>
    </message>
    <message>
        <source>Click another map: compare · Enter: its numbers</source>
        <translation>다른 맵 클릭: 비교 · Enter: 계산 과정</translation>
    </message>
    <message>
        <source>Marked {channel}: walk to another map, Space compares them</source>
        <translation>맵 {channel}번 표시됨: 다른 맵으로 이동해 Space로 비교</translation>
    </message>
    <message>
        <source>strongest first</source>
        <translation>강한 맵부터</translation>
    </message>
    <message>
        <source>by number</source>
        <translation>번호순</translation>
    </message>
</context>
<context>
    <name>LearnPane</name>
    <message>
        <source>Click on a number of the network to learn what its layer does.</source>
        <translation>신경망의 수를 클릭하면 그 층이 하는 일을 배울 수 있습니다.</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>배우기</translation>
    </message>
    <message>
        <source>Terms: {terms}</source>
        <translation>용어: {terms}</translation>
    </message>
    <message>
        <source>What this operation does</source>
        <translation>이 연산이 하는 일</translation>
    </message>
</context>
<context>
    <name>LearningView</name>
    <message>
        <source>What it is learning</source>
        <translation>학습 중인 내용</translation>
    </message>
    <message>
        <source>Kernels of</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Frozen kernels of</source>
        <translation>고정된 커널</translation>
    </message>
    <message>
        <source>Convolution whose kernels are shown</source>
        <translation>커널을 표시할 합성곱 층</translation>
    </message>
    <message>
        <source>Show what it is learning</source>
        <translation>학습 중인 내용 표시</translation>
    </message>
    <message>
        <source>Fold this card</source>
        <translation>이 카드 접기</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>A class whose score is larger by 1 is e ≈ 2.718 times as probable.</source>
        <translation>점수가 1만큼 큰 클래스의 확률은 e ≈ 2.718배입니다.</translation>
    </message>
    <message>
        <source>A convolution slides kernels over its input; each one writes one feature map.</source>
        <translation>합성곱은 입력 위로 커널을 옮겨 가며, 커널 하나가 특징 맵 하나를 만듭니다.</translation>
    </message>
    <message>
        <source>A small translation of a pattern often leaves the maximum as it is: a little translation invariance.</source>
        <translation>패턴이 조금 이동해도 최댓값은 그대로일 때가 많습니다. 약한 이동 불변성입니다.</translation>
    </message>
    <message>
        <source>A unit that is 0 for every image learns no more: a dead ReLU.</source>
        <translation>모든 이미지에서 0인 유닛은 더는 학습하지 않습니다. 죽은 ReLU라고 합니다.</translation>
    </message>
    <message>
        <source>Adaptive average pooling is told its output size, here {size}, and works out the windows.</source>
        <translation>적응형 평균 풀링은 출력 크기(여기서는 {size})를 받아 윈도를 스스로 정합니다.</translation>
    </message>
    <message>
        <source>All values are 0 or less; the nearer to 0, the more probable the class.</source>
        <translation>모든 값은 0 이하이고, 0에 가까울수록 그 클래스일 확률이 큽니다.</translation>
    </message>
    <message>
        <source>Average pooling takes the mean of each {window} window; it learns nothing.</source>
        <translation>평균 풀링은 {window} 윈도마다 평균을 냅니다. 학습하는 매개변수는 없습니다.</translation>
    </message>
    <message>
        <source>Computed in one step, it is accurate even where the probability itself would round to 0.</source>
        <translation>한 번에 계산하므로 확률 자체가 0으로 반올림될 때에도 정확합니다.</translation>
    </message>
    <message>
        <source>Concatenation puts layers behind one another: {counts} = {total:channel|channels}.</source>
        <translation>이어 붙이기는 층을 차례로 잇습니다: 채널 {counts} = {total}개.</translation>
    </message>
    <message>
        <source>Cross-entropy is minus the logarithm of the probability that softmax gives the true class.</source>
        <translation>교차 엔트로피는 소프트맥스가 정답 클래스에 준 확률의 로그에 음의 부호를 붙인 것입니다.</translation>
    </message>
    <message>
        <source>Each channel is normalised by a mean μ and a variance σ², then scaled by γ and shifted by β.</source>
        <translation>채널마다 평균 μ와 분산 σ²로 정규화한 다음 γ를 곱하고 β를 더합니다.</translation>
    </message>
    <message>
        <source>Each of the {outputs:output|outputs} is joined to all {inputs:input|inputs}: y = Wx + b.</source>
        <translation>출력 {outputs}개가 저마다 입력 {inputs}개 모두와 이어집니다: y = Wx + b.</translation>
    </message>
    <message>
        <source>Each pixel, from 0 to 1, is normalised: minus the mean, divided by the standard deviation.</source>
        <translation>0에서 1 사이의 픽셀 값을 정규화합니다. 평균을 빼고 표준편차로 나눕니다.</translation>
    </message>
    <message>
        <source>Every cell counts alike: weak responses stay visible, a single strong one is diluted.</source>
        <translation>모든 칸의 비중이 같습니다. 약한 반응도 남지만 강한 반응 하나는 옅어집니다.</translation>
    </message>
    <message>
        <source>Every connection has a weight of its own: {n:parameter|parameters}, none of them shared.</source>
        <translation>연결마다 가중치가 따로 있습니다. 매개변수 {n}개 가운데 공유하는 것은 없습니다.</translation>
    </message>
    <message>
        <source>Every map is pooled on its own: the number of channels stays the same.</source>
        <translation>맵마다 따로 풀링하므로 채널 수는 그대로입니다.</translation>
    </message>
    <message>
        <source>Flattening writes the {shape} values of the maps behind one another: {n:feature|features}.</source>
        <translation>평탄화는 맵의 {shape}개 값을 한 줄로 늘어놓아 특징 {n}개로 만듭니다.</translation>
    </message>
    <message>
        <source>Gradient descent changes every weight a little against the gradient of this loss.</source>
        <translation>경사 하강법은 모든 가중치를 이 손실의 기울기와 반대쪽으로 조금씩 바꿉니다.</translation>
    </message>
    <message>
        <source>Guessing evenly among {n:class|classes} costs log {n} ≈ {loss}.</source>
        <translation>클래스 {n}개를 고르게 찍으면 손실은 log {n} ≈ {loss}입니다.</translation>
    </message>
    <message>
        <source>Here γ = 1 and β = 0 are fixed; ε keeps the divisor from 0.</source>
        <translation>여기서는 γ = 1, β = 0으로 고정되어 있습니다. ε은 나누는 수가 0이 되지 않게 합니다.</translation>
    </message>
    <message>
        <source>In residual networks such a skip connection carries the input past some layers, which learn only what to add.</source>
        <translation>잔차 신경망에서는 이런 건너뛰기 연결이 입력을 몇 층 뒤로 전하고, 그 층들은 더할 것만 학습합니다.</translation>
    </message>
    <message>
        <source>In training, each value is set to 0 with probability p, drawn anew every step.</source>
        <translation>학습할 때 값마다 확률 p로 0이 되며, 스텝마다 새로 뽑습니다.</translation>
    </message>
    <message>
        <source>In training, its gradient goes back to what it was computed from, by the chain rule.</source>
        <translation>학습할 때 기울기는 연쇄 법칙에 따라 이 값을 계산한 쪽으로 거슬러 갑니다.</translation>
    </message>
    <message>
        <source>In training, the gradient goes to the winning cell alone; the others get none.</source>
        <translation>학습할 때 기울기는 선택된 칸으로만 가고 나머지 칸에는 가지 않습니다.</translation>
    </message>
    <message>
        <source>In training, the gradient is shared equally among the cells of the window.</source>
        <translation>학습할 때 기울기는 윈도의 칸들에 똑같이 나뉩니다.</translation>
    </message>
    <message>
        <source>In training, whole feature maps are set to 0, each with probability p, drawn anew every step.</source>
        <translation>학습할 때 특징 맵을 저마다 확률 p로 통째로 0으로 만들며, 스텝마다 새로 뽑습니다.</translation>
    </message>
    <message>
        <source>In training, μ and σ² are those of the current batch; while predicting, running averages from the training.</source>
        <translation>학습할 때의 μ와 σ²는 현재 배치의 값이고, 예측할 때는 학습 중에 모은 이동 평균입니다.</translation>
    </message>
    <message>
        <source>Both inputs must have the same shape: a shortcut past layers that change it needs a convolution of its own.</source>
        <translation>두 입력의 형태가 같아야 합니다. 형태를 바꾸는 층을 건너뛰는 스킵 연결에는 별도의 합성곱이 필요합니다.</translation>
    </message>
    <message>
        <source>Inputs around 0 and of similar spread keep gradients in a good range.</source>
        <translation>입력이 0 주위에 비슷한 폭으로 퍼져 있으면 기울기의 크기가 알맞게 유지됩니다.</translation>
    </message>
    <message>
        <source>It has no notion of place: the same pattern elsewhere meets other weights.</source>
        <translation>위치라는 개념이 없어서, 같은 패턴이라도 다른 곳에서는 다른 가중치를 만납니다.</translation>
    </message>
    <message>
        <source>It is max pooling of the negated map, negated again; behind a ReLU, one zero makes it zero.</source>
        <translation>부호를 바꾼 맵을 최대 풀링하고 부호를 다시 바꾼 것과 같습니다. ReLU 뒤에서는 0이 하나만 있어도 0이 됩니다.</translation>
    </message>
    <message>
        <source>It learns nothing: it has no parameters.</source>
        <translation>매개변수가 없어 학습하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>It learns {n:parameter|parameters}.</source>
        <translation>매개변수 {n}개를 학습합니다.</translation>
    </message>
    <message>
        <source>It moves by a stride of {stride}; a 1×1 kernel mixes the channels of one place and sees no neighbours.</source>
        <translation>스트라이드 {stride}만큼씩 움직입니다. 1×1 커널은 한 자리의 채널을 섞을 뿐 이웃을 보지 않습니다.</translation>
    </message>
    <message>
        <source>It moves by a stride of {stride}; a padding of {padding} puts zeros around the map, so that the border is covered as well.</source>
        <translation>스트라이드 {stride}만큼씩 움직입니다. 패딩({padding})은 맵을 0으로 둘러 가장자리도 다루게 합니다.</translation>
    </message>
    <message>
        <source>It moves by a stride of {stride}; without padding it never leaves the map, which gets smaller.</source>
        <translation>스트라이드 {stride}만큼씩 움직입니다. 패딩이 없으면 맵을 벗어나지 않으므로 맵이 작아집니다.</translation>
    </message>
    <message>
        <source>Log-softmax is the logarithm of the softmax: x − m − log Σ exp(xⱼ − m), m the largest score.</source>
        <translation>로그 소프트맥스는 소프트맥스의 로그입니다: x − m − log Σ exp(xⱼ − m). m은 가장 큰 점수입니다.</translation>
    </message>
    <message>
        <source>Maps of {before} become {after}: later layers cost less, and their receptive field grows faster.</source>
        <translation>맵의 크기: {before} → {after}. 뒤 층의 계산이 줄고 수용 영역은 더 빨리 넓어집니다.</translation>
    </message>
    <message>
        <source>Max pooling keeps the largest value of each {window} window; it learns nothing.</source>
        <translation>최대 풀링은 {window} 윈도마다 가장 큰 값을 남깁니다. 학습하는 매개변수는 없습니다.</translation>
    </message>
    <message>
        <source>Min pooling keeps the smallest value of each {window} window; it learns nothing.</source>
        <translation>최소 풀링은 {window} 윈도마다 가장 작은 값을 남깁니다. 학습하는 매개변수는 없습니다.</translation>
    </message>
    <message>
        <source>Minus its value at the true class is the negative log-likelihood, the usual loss.</source>
        <translation>정답 클래스의 값에 음의 부호를 붙이면 흔히 손실로 쓰는 음의 로그 가능도입니다.</translation>
    </message>
    <message>
        <source>Neighbours within a map resemble each other: dropping single values would hide little.</source>
        <translation>맵 안의 이웃한 값은 서로 비슷하므로 값을 하나씩 지워서는 가려지는 정보가 적습니다.</translation>
    </message>
    <message>
        <source>No unit can rely on one particular other unit; this reduces overfitting.</source>
        <translation>어느 유닛도 특정한 다른 유닛에만 기댈 수 없게 되어 과적합이 줄어듭니다.</translation>
    </message>
    <message>
        <source>No value changes and nothing is learned; a place (c, r, q) becomes one index k.</source>
        <translation>값은 바뀌지 않고 학습하는 것도 없습니다. 자리 (c, r, q)가 인덱스 k 하나로 바뀝니다.</translation>
    </message>
    <message>
        <source>No value changes and nothing is learned; height and width have to agree.</source>
        <translation>값은 바뀌지 않고 학습하는 것도 없습니다. 높이와 너비가 같아야 합니다.</translation>
    </message>
    <message>
        <source>Output row r averages the input rows ⌊r·H/H′⌋ to ⌈(r + 1)·H/H′⌉ − 1: windows may overlap and differ.</source>
        <translation>출력의 r번 행은 입력의 ⌊r·H/H′⌋번부터 ⌈(r + 1)·H/H′⌉ − 1번 행까지 평균합니다. 윈도는 겹치거나 크기가 다를 수 있습니다.</translation>
    </message>
    <message>
        <source>Parameter sharing: the same kernels serve all {places:place|places} of the map.</source>
        <translation>매개변수 공유: 맵의 {places}개 자리 모두에 같은 커널을 씁니다.</translation>
    </message>
    <message>
        <source>ReLU, the rectified linear unit, is max(0, x): negative values become 0, others stay.</source>
        <translation>ReLU(정류 선형 유닛)는 max(0, x)입니다. 음수는 0이 되고 나머지는 그대로입니다.</translation>
    </message>
    <message>
        <source>The gradient passes unchanged to both sides: even very deep networks can be trained.</source>
        <translation>기울기가 양쪽으로 그대로 전해져 매우 깊은 신경망도 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>The kernels that follow read all of these channels together.</source>
        <translation>뒤의 커널은 이 채널을 모두 함께 읽습니다.</translation>
    </message>
    <message>
        <source>The last fully connected layer gives one score for each class, the logits.</source>
        <translation>마지막 완전 연결층은 클래스마다 점수 하나, 곧 로짓을 냅니다.</translation>
    </message>
    <message>
        <source>The layers that follow no longer know which values were neighbours in the map.</source>
        <translation>뒤의 층은 맵에서 어느 값이 이웃이었는지 더는 알지 못합니다.</translation>
    </message>
    <message>
        <source>The negative log-likelihood is minus the log-probability of the true class: 0 would be certainty.</source>
        <translation>음의 로그 가능도는 정답 클래스의 로그 확률에 음의 부호를 붙인 것입니다. 완전히 확신하면 0입니다.</translation>
    </message>
    <message>
        <source>The same mean and deviation serve training and predicting.</source>
        <translation>학습할 때와 예측할 때 같은 평균과 표준편차를 씁니다.</translation>
    </message>
    <message>
        <source>The values under a kernel are multiplied by its weights and added up over all channels it reads; a bias is added.</source>
        <translation>커널 아래의 값에 가중치를 곱하고, 커널이 읽는 모든 채널에 걸쳐 더한 뒤 편향을 더합니다.</translation>
    </message>
    <message>
        <source>The values under a kernel are multiplied by its weights and added up over all channels it reads; there is no bias.</source>
        <translation>커널 아래의 값에 가중치를 곱하고, 커널이 읽는 모든 채널에 걸쳐 더합니다. 편향은 없습니다.</translation>
    </message>
    <message>
        <source>This is what the model sees: {shape}, channels × height × width.</source>
        <translation>모델이 보는 것입니다: {shape}, 채널 × 높이 × 너비.</translation>
    </message>
    <message>
        <source>This layer has {outputs:kernel|kernels} of {shape} weights; each one writes one feature map.</source>
        <translation>이 층에는 가중치가 {shape}인 커널이 {outputs}개 있고, 커널 하나가 특징 맵 하나를 만듭니다.</translation>
    </message>
    <message>
        <source>Translation equivariance: a pattern that moves makes its response move along, exactly so for multiples of the stride and away from the border.</source>
        <translation>이동 등변성: 패턴이 움직이면 반응도 함께 움직입니다. 스트라이드의 배수만큼, 가장자리에서 떨어져 움직일 때는 정확히 그렇습니다.</translation>
    </message>
    <message>
        <source>Values at the same place are added; nothing is learned, and the shape stays {shape}.</source>
        <translation>같은 자리의 값을 더합니다. 학습하는 것은 없고 형태는 {shape} 그대로입니다.</translation>
    </message>
    <message>
        <source>Values keep a steady range, so that training is more stable and bears larger learning rates.</source>
        <translation>값의 범위가 일정해져 학습이 안정되고 더 큰 학습률을 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>What is kept is divided by 1 − p, so that the expected value stays the same.</source>
        <translation>남은 값은 1 − p로 나누어 기댓값이 그대로이게 합니다.</translation>
    </message>
    <message>
        <source>Whatever the size of the image, the layers behind it get the same number of features.</source>
        <translation>이미지의 크기가 어떻든 뒤의 층은 같은 개수의 특징을 받습니다.</translation>
    </message>
    <message>
        <source>Where x is positive the gradient passes unchanged; where it is negative the gradient is 0.</source>
        <translation>x가 양수이면 기울기가 그대로 지나가고, 음수이면 기울기가 0입니다.</translation>
    </message>
    <message>
        <source>While predicting, dropout is off: every value passes unchanged.</source>
        <translation>예측할 때는 드롭아웃이 꺼져 모든 값이 그대로 지나갑니다.</translation>
    </message>
    <message>
        <source>With an output of 1×1 it is global average pooling: one mean for each feature map.</source>
        <translation>출력이 1×1이면 전역 평균 풀링입니다. 특징 맵마다 평균 하나가 나옵니다.</translation>
    </message>
    <message>
        <source>Without such a nonlinearity, all layers together would be no more than a single linear one.</source>
        <translation>이런 비선형성이 없으면 모든 층을 합쳐도 선형층 하나와 다르지 않습니다.</translation>
    </message>
    <message>
        <source>k = (c·H + r)·W + q: channel by channel, in each of them row by row.</source>
        <translation>k = (c·H + r)·W + q: 채널 순서대로, 채널 안에서는 행 순서대로 놓입니다.</translation>
    </message>
    <message>
        <source>{operation} is one step of the computation; its values have the shape {shape}.</source>
        <translation>{operation}: 계산의 한 단계이며, 값의 형태는 {shape}입니다.</translation>
    </message>
    <message>
        <source>γ and β are learned, a pair for each of the {n:channel|channels}; ε keeps the divisor from 0.</source>
        <translation>γ와 β는 채널 {n}개마다 한 쌍씩 학습합니다. ε은 나누는 수가 0이 되지 않게 합니다.</translation>
    </message>
    <message>
        <source>Softmax turns scores (logits) into probabilities that sum to 1: exp(x) over the sum of all exp(xⱼ).</source>
        <translation>소프트맥스는 점수(로짓)를 합이 1인 확률로 바꿉니다: exp(x)를 모든 exp(xⱼ)의 합으로 나눕니다.</translation>
    </message>
    <message>
        <source>The largest score m is subtracted first: no exponential overflows, and the probabilities stay the same.</source>
        <translation>먼저 가장 큰 점수 m을 뺍니다. exp 값이 오버플로하지 않고 확률은 그대로입니다.</translation>
    </message>
    <message>
        <source>A probability says how sure the model is, not how often it is right.</source>
        <translation>확률은 모델이 얼마나 확신하는지를 나타낼 뿐, 얼마나 자주 맞는지를 나타내지는 않습니다.</translation>
    </message>
    <message>
        <source>The gradient with respect to the scores before the softmax is their probabilities, minus 1 at the true class.</source>
        <translation>소프트맥스 앞의 점수에 대한 기울기는 각 클래스의 확률이고, 정답 클래스만 확률 − 1입니다.</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>What a training prints appears here.</source>
        <translation>학습이 출력하는 내용이 여기에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>LogitBars</name>
    <message>
        <source>changed</source>
        <translation>변경 후</translation>
    </message>
    <message>
        <source>Logits before and after the change</source>
        <translation>변화 전후의 로짓</translation>
    </message>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>로짓</translation>
    </message>
</context>
<context>
    <name>MapComparison</name>
    <message>
        <source>Two maps on one scale, and their difference · click a value: its arithmetic</source>
        <translation>같은 색 범위의 두 맵과 그 차이 · 값을 클릭: 계산 과정</translation>
    </message>
    <message>
        <source>row {row}, col {col}: {first} − {second} = {difference}</source>
        <translation>행 {row}, 열 {col}: {first} − {second} = {difference}</translation>
    </message>
    <message>
        <source>Two maps compared</source>
        <translation>두 맵 비교</translation>
    </message>
    <message>
        <source>Two maps and their difference</source>
        <translation>두 맵과 그 차이</translation>
    </message>
    <message>
        <source>Back to all maps</source>
        <translation>모든 맵으로</translation>
    </message>
    <message>
        <source>Close the comparison (Esc)</source>
        <translation>비교 닫기(Esc)</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>비교 닫기</translation>
    </message>
</context>
<context>
    <name>MapSettingsButton</name>
    <message>
        <source>last with maps: {layer}</source>
        <translation>맵이 있는 마지막 층: {layer}</translation>
    </message>
    <message>
        <source>Covered with</source>
        <translation>가리는 값</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>기준 이미지</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더보기</translation>
    </message>
    <message>
        <source>black</source>
        <translation>검은색</translation>
    </message>
    <message>
        <source>mean of the data</source>
        <translation>데이터의 평균</translation>
    </message>
    <message>
        <source>the image, blurred</source>
        <translation>흐린 이미지</translation>
    </message>
    <message>
        <source>Image without evidence</source>
        <translation>근거가 없는 이미지</translation>
    </message>
    <message>
        <source>Black is black in pixels. The mean is what images are normalised with, and becomes 0. The blur is an eighth of the image wide.</source>
        <translation>검은색은 픽셀 값이 0입니다. 평균은 정규화에 쓰는 평균이며 정규화하면 0이 됩니다. 흐림의 폭은 이미지의 8분의 1입니다.</translation>
    </message>
    <message>
        <source>How this map is computed, and its export</source>
        <translation>이 맵의 계산 방법과 내보내기</translation>
    </message>
    <message>
        <source>Export this map…</source>
        <translation>이 맵 내보내기…</translation>
    </message>
    <message>
        <source>Save this map as a picture or as numbers</source>
        <translation>이 맵을 그림이나 숫자로 저장합니다</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
    <message>
        <source>last with maps</source>
        <translation>맵이 있는 마지막 층</translation>
    </message>
    <message>
        <source>Layer of Grad-CAM</source>
        <translation>Grad-CAM의 층</translation>
    </message>
    <message>
        <source>The layer whose maps Grad-CAM weights</source>
        <translation>Grad-CAM이 가중합할 맵의 층</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>Side of the square in pixels</source>
        <translation>사각형의 변(픽셀)</translation>
    </message>
    <message>
        <source>Side of what is covered, in pixels</source>
        <translation>가리는 사각형의 변(픽셀)</translation>
    </message>
    <message>
        <source>Stride in pixels</source>
        <translation>간격(픽셀)</translation>
    </message>
    <message>
        <source>Pixels from one square to the next</source>
        <translation>다음 사각형까지의 픽셀 수</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
</context>
<context>
    <name>MapSheet</name>
    <message>
        <source>Map {channel} of {layer}</source>
        <translation>{layer} 층의 특징 맵 {channel}</translation>
    </message>
    <message>
        <source>Feature maps of {run}</source>
        <translation>{run} 기록의 특징 맵</translation>
    </message>
</context>
<context>
    <name>MapTiles</name>
    <message>
        <source>Run the picture through this model and show its strongest feature maps.</source>
        <translation>그림을 이 모델에 넣어 가장 강한 특징 맵을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Show early, middle and late maps</source>
        <translation>앞·중간·뒤 특징 맵 보기</translation>
    </message>
    <message>
        <source>Show maps</source>
        <translation>특징 맵 보기</translation>
    </message>
    <message>
        <source>The strongest maps of three layers, each group with colours of its own.</source>
        <translation>세 층의 가장 강한 특징 맵. 묶음마다 색 범위가 다릅니다.</translation>
    </message>
    <message>
        <source>computing…</source>
        <translation>계산 중…</translation>
    </message>
    <message>
        <source>early</source>
        <translation>앞</translation>
    </message>
    <message>
        <source>late</source>
        <translation>뒤</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>중간</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Integr. gradients</source>
        <translation>적분 기울기</translation>
    </message>
    <message>
        <source>0 everywhere</source>
        <translation>모두 0</translation>
    </message>
    <message>
        <source>Maps of the image, by method</source>
        <translation>방법별 이미지 맵</translation>
    </message>
</context>
<context>
    <name>MapsPage</name>
    <message>
        <source>nowhere above 0</source>
        <translation>0보다 큰 곳 없음</translation>
    </message>
    <message>
        <source>coarse</source>
        <translation>대략</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>허용 오차 초과</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <translation>아직 계산하지 않음</translation>
    </message>
    <message>
        <source>This method runs the model dozens of times, which takes a while with a large model.</source>
        <translation>이 방법은 모델을 수십 번 계산하므로 큰 모델에서는 시간이 걸립니다.</translation>
    </message>
    <message>
        <source>{method}: {percent} %</source>
        <translation>{method}: {percent}%</translation>
    </message>
    <message>
        <source>row {row}, column {col}</source>
        <translation>행 {row}, 열 {col}</translation>
    </message>
    <message>
        <source>rows {row} to {bottom}, columns {col} to {right}</source>
        <translation>행 {row}~{bottom}, 열 {col}~{right}</translation>
    </message>
    <message>
        <source>: {value} together</source>
        <translation>: 합 {value}</translation>
    </message>
    <message>
        <source>: {value} on average</source>
        <translation>: 평균 {value}</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>계산</translation>
    </message>
    <message>
        <source>Compute this map</source>
        <translation>이 맵 계산</translation>
    </message>
    <message>
        <source>Point at a place: the feature maps that carry it light up</source>
        <translation>한 곳을 가리키면 그곳을 전달하는 특징 맵이 밝아집니다</translation>
    </message>
    <message>
        <source>Point at a place: its value is said here</source>
        <translation>위치를 가리키면 여기에 값을 표시합니다</translation>
    </message>
</context>
<context>
    <name>MapsPane</name>
    <message>
        <source>This run has no such maps.</source>
        <translation>이 기록에는 그런 특징 맵이 없습니다.</translation>
    </message>
    <message>
        <source>map {channel}: mean {mean}, from {low} to {high}</source>
        <translation>맵 {channel}: 평균 {mean}, 범위 {low} ~ {high}</translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation>범위 {low} ~ {high}</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{count}개 중 {shown}개</translation>
    </message>
    <message>
        <source>{count:map|maps}</source>
        <translation>맵 {count}개</translation>
    </message>
</context>
<context>
    <name>MapsTab</name>
    <message>
        <source>The image at the side. A colour means the same number for every run.</source>
        <translation>옆 이미지의 특징 맵입니다. 같은 색은 모든 기록에서 같은 값입니다.</translation>
    </message>
    <message>
        <source>The colours mean the same numbers for every run</source>
        <translation>색은 모든 기록에서 같은 값을 뜻합니다</translation>
    </message>
    <message>
        <source>Draw, or choose an image at the side: every compared run shows its maps.</source>
        <translation>숫자를 그리거나 옆에서 이미지를 선택하면 비교 중인 모든 기록의 특징 맵을 표시합니다.</translation>
    </message>
    <message>
        <source>Feature maps side by side</source>
        <translation>나란히 놓은 특징 맵</translation>
    </message>
    <message>
        <source>Layer to compare</source>
        <translation>비교할 층</translation>
    </message>
    <message>
        <source>The layer whose feature maps are set side by side</source>
        <translation>특징 맵을 나란히 놓을 층</translation>
    </message>
</context>
<context>
    <name>MarkPopup</name>
    <message>
        <source>A word by which this step is found again</source>
        <translation>이 스텝을 다시 찾을 때 쓸 이름</translation>
    </message>
    <message>
        <source>Keep the drawing</source>
        <translation>손그림도 저장</translation>
    </message>
    <message>
        <source>Keep the drawing on the canvas, to look at this step with it again</source>
        <translation>캔버스의 손그림을 저장해 두고, 나중에 이 스텝을 그 손그림으로 다시 봅니다</translation>
    </message>
    <message>
        <source>What is to be seen here?</source>
        <translation>여기서 무엇이 보입니까?</translation>
    </message>
    <message>
        <source>Put a flag on the timeline</source>
        <translation>타임라인에 책갈피를 추가합니다</translation>
    </message>
    <message>
        <source>Bookmark step {step}</source>
        <translation>스텝 {step}에 책갈피</translation>
    </message>
    <message>
        <source>Bookmark this step</source>
        <translation>이 스텝에 책갈피 추가</translation>
    </message>
    <message>
        <source>Bookmark name</source>
        <translation>책갈피 이름</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>추가</translation>
    </message>
</context>
<context>
    <name>MatrixCard</name>
    <message>
        <source>Confusion matrix: rows are true classes, columns predicted classes</source>
        <translation>혼동 행렬: 행은 정답 클래스, 열은 예측 클래스</translation>
    </message>
    <message>
        <source>true ↓ predicted →</source>
        <translation>정답 ↓ 예측 →</translation>
    </message>
    <message>
        <source>Rows are true classes, columns predicted classes</source>
        <translation>행은 정답 클래스, 열은 예측 클래스입니다</translation>
    </message>
    <message>
        <source>Colours of the cells</source>
        <translation>칸의 색</translation>
    </message>
    <message>
        <source>The stronger the colour, the larger the number in the cell</source>
        <translation>색이 진할수록 칸의 값이 큽니다</translation>
    </message>
    <message>
        <source>Progress of the predictions</source>
        <translation>예측 진행률</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop predicting all test images</source>
        <translation>전체 테스트 이미지 예측 중지</translation>
    </message>
    <message>
        <source>Evaluate all test images</source>
        <translation>전체 테스트 이미지 평가</translation>
    </message>
    <message>
        <source>Not only the sample</source>
        <translation>표본만이 아니라 전체를 평가합니다</translation>
    </message>
</context>
<context>
    <name>MatrixControls</name>
    <message>
        <source>Numbers in the cells</source>
        <translation>칸의 값</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>개수</translation>
    </message>
    <message>
        <source>How many images each cell has</source>
        <translation>칸마다 이미지가 몇 장인지 표시합니다</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>Percent of each row: of a true class, the share that is predicted as each class</source>
        <translation>행의 비율(%): 정답 클래스의 이미지가 각 클래스로 예측된 비율입니다</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Percent of each column: of what is predicted as a class, the share of each true class</source>
        <translation>열의 비율(%): 한 클래스로 예측된 이미지에서 각 정답 클래스의 비율입니다</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>오답만</translation>
    </message>
    <message>
        <source>Colour the errors by their size; correct ones stay grey</source>
        <translation>오답을 개수에 따라 색으로 표시하고, 정답은 회색으로 둡니다</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Colour the correct ones too</source>
        <translation>정답에도 색을 입힙니다</translation>
    </message>
    <message>
        <source>Smallest number shown</source>
        <translation>표시할 가장 작은 값</translation>
    </message>
    <message>
        <source> %</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Cells from {number}</source>
        <translation>칸: {number}부터</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>칸</translation>
    </message>
    <message>
        <source>Hide diagonal</source>
        <translation>대각선 숨기기</translation>
    </message>
    <message>
        <source>Leave the correct ones out</source>
        <translation>정답을 표시하지 않습니다</translation>
    </message>
    <message>
        <source>Which cells of the matrix have a colour, and which show a number</source>
        <translation>혼동 행렬에서 색이 있는 칸과 숫자가 있는 칸</translation>
    </message>
    <message>
        <source>Smallest number that a cell shows</source>
        <translation>칸에 표시할 가장 작은 값</translation>
    </message>
    <message>
        <source>Cells with a smaller number, of either sign, stay empty</source>
        <translation>절댓값이 이보다 작은 칸은 비워 둡니다</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>학습(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>About cnnviewer</source>
        <translation>cnnviewer 정보</translation>
    </message>
    <message>
        <source>Begin with an empty canvas; can be undone</source>
        <translation>빈 캔버스로 시작합니다. 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>최고 에폭</translation>
    </message>
    <message>
        <source>Clear drawing</source>
        <translation>손그림 지우기</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Copy network picture</source>
        <translation>신경망 그림 복사</translation>
    </message>
    <message>
        <source>Copy the network&apos;s picture</source>
        <translation>신경망 그림을 복사합니다</translation>
    </message>
    <message>
        <source>Curves…</source>
        <translation>곡선…</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>프로그램을 끝냅니다</translation>
    </message>
    <message>
        <source>End the training and keep the weights</source>
        <translation>학습을 끝내고 가중치를 남깁니다</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Export every step&apos;s numbers as CSV or JSON</source>
        <translation>모든 스텝의 수치를 CSV나 JSON으로 내보냅니다</translation>
    </message>
    <message>
        <source>Export the curves as PNG, SVG or PDF</source>
        <translation>곡선을 PNG, SVG, PDF로 내보냅니다</translation>
    </message>
    <message>
        <source>Export the feature maps as PNG, NPY or NPZ</source>
        <translation>특징 맵을 PNG, NPY, NPZ로 내보냅니다</translation>
    </message>
    <message>
        <source>Export the kernels shown as PNG or NPY</source>
        <translation>보이는 커널을 PNG나 NPY로 내보냅니다</translation>
    </message>
    <message>
        <source>Export the run as a video: GIF, MP4 or WebM</source>
        <translation>학습 기록을 동영상(GIF, MP4, WebM)으로 내보냅니다</translation>
    </message>
    <message>
        <source>Export the whole network as SVG or PNG</source>
        <translation>신경망 전체를 SVG나 PNG로 내보냅니다</translation>
    </message>
    <message>
        <source>Feature maps…</source>
        <translation>특징 맵…</translation>
    </message>
    <message>
        <source>Video…</source>
        <translation>동영상…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take back the last change of what is on the screen</source>
        <translation>화면에 보이는 것 중 마지막 변경을 취소합니다</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Do again what was taken back last</source>
        <translation>마지막으로 취소한 변경을 다시 적용합니다</translation>
    </message>
    <message>
        <source>Branch from the step on the screen…</source>
        <translation>화면의 스텝에서 분기…</translation>
    </message>
    <message>
        <source>Begin a new run with the weights of an earlier step of the run shown</source>
        <translation>표시된 기록의 이전 스텝의 가중치로 새 기록을 시작합니다</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>기록으로 돌아가기</translation>
    </message>
    <message>
        <source>Show the run again that other weights have taken the place of</source>
        <translation>다른 가중치로 바뀌기 전의 기록을 다시 표시합니다</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>글자 크게</translation>
    </message>
    <message>
        <source>Make every text and number larger</source>
        <translation>모든 글자와 숫자를 크게 합니다</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>글자 작게</translation>
    </message>
    <message>
        <source>Make every text and number smaller</source>
        <translation>모든 글자와 숫자를 작게 합니다</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>기본 글자 크기</translation>
    </message>
    <message>
        <source>Give every text its usual size</source>
        <translation>모든 글자를 기본 크기로 되돌립니다</translation>
    </message>
    <message>
        <source>Fit the network</source>
        <translation>신경망 맞춤</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>별도 창으로 보기</translation>
    </message>
    <message>
        <source>Show this workspace in a window of its own, as on a second screen</source>
        <translation>이 작업 공간을 별도 창으로 엽니다. 두 번째 화면에 둘 수 있습니다</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Go to the beginning of the run</source>
        <translation>기록의 처음으로 갑니다</translation>
    </message>
    <message>
        <source>Train on where the run shown, or the newest, was left</source>
        <translation>화면의 기록을, 없으면 가장 최근 기록을 멈춘 곳부터 이어서 학습합니다</translation>
    </message>
    <message>
        <source>Go to the highest validation accuracy</source>
        <translation>검증 정확도가 가장 높은 곳으로 갑니다</translation>
    </message>
    <message>
        <source>Go to the newest weights, and follow them</source>
        <translation>가장 새로운 가중치로 가서 따라갑니다</translation>
    </message>
    <message>
        <source>Give every part of the window its first width</source>
        <translation>창의 모든 부분을 처음 너비로 되돌립니다</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>How to use the program, and its shortcuts</source>
        <translation>사용 방법과 단축키</translation>
    </message>
    <message>
        <source>Keep the run shown in another folder, too</source>
        <translation>화면의 학습 기록을 다른 폴더에도 저장합니다</translation>
    </message>
    <message>
        <source>Kernels…</source>
        <translation>커널…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Language, theme, motion and data folder</source>
        <translation>언어, 테마, 애니메이션, 데이터 폴더</translation>
    </message>
    <message>
        <source>Learn exactly one batch</source>
        <translation>정확히 배치 하나를 학습합니다</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Look at a picture of your own</source>
        <translation>내 그림을 봅니다</translation>
    </message>
    <message>
        <source>Look at the picture in the clipboard</source>
        <translation>클립보드의 그림을 봅니다</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>애니메이션</translation>
    </message>
    <message>
        <source>Network picture…</source>
        <translation>신경망 그림…</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>수치…</translation>
    </message>
    <message>
        <source>Go to the previous snapshot, or to the previous epoch</source>
        <translation>이전 시점 또는 이전 에폭으로 갑니다</translation>
    </message>
    <message>
        <source>Go to the next snapshot, or to the next epoch</source>
        <translation>다음 시점 또는 다음 에폭으로 갑니다</translation>
    </message>
    <message>
        <source>Previous snapshot</source>
        <translation>이전 시점</translation>
    </message>
    <message>
        <source>Next snapshot</source>
        <translation>다음 시점</translation>
    </message>
    <message>
        <source>Open drawing…</source>
        <translation>손그림 열기…</translation>
    </message>
    <message>
        <source>Open image…</source>
        <translation>이미지 열기…</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>모델 열기…</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>학습 기록 열기…</translation>
    </message>
    <message>
        <source>Open weights…</source>
        <translation>가중치 열기…</translation>
    </message>
    <message>
        <source>Paste image</source>
        <translation>이미지 붙여넣기</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>일시정지/계속</translation>
    </message>
    <message>
        <source>Play or pause the recorded steps</source>
        <translation>기록된 스텝의 재생 또는 일시정지</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>환경설정…</translation>
    </message>
    <message>
        <source>Put a saved drawing on the canvas</source>
        <translation>저장한 손그림을 캔버스에 놓습니다</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>배치 초기화</translation>
    </message>
    <message>
        <source>Save drawing…</source>
        <translation>손그림 저장…</translation>
    </message>
    <message>
        <source>Save run elsewhere…</source>
        <translation>학습 기록을 다른 곳에 저장…</translation>
    </message>
    <message>
        <source>Save the canvas as PNG</source>
        <translation>캔버스를 PNG로 저장합니다</translation>
    </message>
    <message>
        <source>Save weights…</source>
        <translation>가중치 저장…</translation>
    </message>
    <message>
        <source>Show a run from its folder, anywhere; one that is being trained elsewhere is followed</source>
        <translation>어디에 있든 학습 기록의 폴더를 엽니다. 다른 곳에서 학습 중이면 따라갑니다</translation>
    </message>
    <message>
        <source>Show the whole network</source>
        <translation>신경망 전체를 표시합니다</translation>
    </message>
    <message>
        <source>Show weights from a file such as .safetensors, .pt, .pth or .ckpt</source>
        <translation>.safetensors, .pt, .pth, .ckpt 등의 파일에서 가중치를 불러옵니다</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train from new random weights</source>
        <translation>새 무작위 가중치에서 학습합니다</translation>
    </message>
    <message>
        <source>Untrained network</source>
        <translation>학습 전 신경망</translation>
    </message>
    <message>
        <source>Use an nn.Module from a Python file, after you have agreed to run it</source>
        <translation>실행에 동의한 뒤 Python 파일의 nn.Module을 사용합니다</translation>
    </message>
    <message>
        <source>Use the whole screen, or go back</source>
        <translation>전체 화면으로 바꾸거나 되돌립니다</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>버전과 라이선스</translation>
    </message>
    <message>
        <source>Pause at the next step, or resume</source>
        <translation>다음 스텝에서 일시정지하거나 계속합니다</translation>
    </message>
    <message>
        <source>Play the recorded steps</source>
        <translation>기록된 스텝을 재생합니다</translation>
    </message>
    <message>
        <source>Whether bars and views move smoothly</source>
        <translation>막대와 화면이 부드럽게 움직일지 정합니다</translation>
    </message>
    <message>
        <source>Narrow input</source>
        <translation>입력 영역 좁게</translation>
    </message>
    <message>
        <source>Show the input and the prediction small, or whole again</source>
        <translation>입력과 예측을 작게 또는 다시 모두 표시합니다</translation>
    </message>
    <message>
        <source>Train from the weights on the screen…</source>
        <translation>화면의 가중치로 학습…</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>Bookmark this step…</source>
        <translation>이 스텝에 책갈피 추가…</translation>
    </message>
    <message>
        <source>Put a flag with a name on the timeline</source>
        <translation>타임라인에 이름 있는 책갈피를 추가합니다</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Why this answer</source>
        <translation>이 답의 근거</translation>
    </message>
    <message>
        <source>On which pixels and channels the answer rests, beside what is shown</source>
        <translation>답의 근거가 된 픽셀과 채널을 옆에 표시합니다</translation>
    </message>
    <message>
        <source>Save the weights on the screen as .safetensors, with the channels that are muted</source>
        <translation>화면의 가중치를 꺼진 채널과 함께 .safetensors 파일로 저장</translation>
    </message>
    <message>
        <source>Begin a new run with these weights, where wanted with frozen layers; muted channels stay so</source>
        <translation>이 가중치로 새 학습 기록을 시작합니다. 층을 고정할 수 있고, 꺼진 채널은 꺼진 상태로 유지됩니다.</translation>
    </message>
    <message>
        <source>Map of Why…</source>
        <translation>답의 근거 맵…</translation>
    </message>
    <message>
        <source>Export on which pixels the answer rests as PNG, NPY or JSON</source>
        <translation>답의 근거가 된 픽셀의 맵을 PNG, NPY, JSON으로 내보냅니다</translation>
    </message>
    <message>
        <source>Go to Explore or Evaluate first: there it stands beside the network or the image</source>
        <translation>먼저 탐색이나 평가로 이동하세요. 그곳에서 네트워크나 이미지 옆에 표시됩니다</translation>
    </message>
</context>
<context>
    <name>MessageCard</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Dismiss this message (Esc)</source>
        <translation>메시지 닫기(Esc)</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>메시지 닫기</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>+{count:more message|more messages}</source>
        <translation>메시지 {count}개 더 보기</translation>
    </message>
    <message>
        <source>Fewer messages</source>
        <translation>메시지 접기</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Show the older messages too, or the newest alone</source>
        <translation>이전 메시지까지 표시하거나 최근 메시지만 표시합니다.</translation>
    </message>
</context>
<context>
    <name>MistakeText</name>
    <message>
        <source>Padding is never selected.</source>
        <translation>패딩은 선택되지 않습니다.</translation>
    </message>
    <message>
        <source>A value before this layer sees more than one pixel already.</source>
        <translation>이 층 앞의 값은 이미 픽셀을 둘 이상 봅니다.</translation>
    </message>
    <message>
        <source>Adding the bias is not counted: it multiplies nothing.</source>
        <translation>편향을 더하는 것은 곱셈이 없으므로 세지 않습니다.</translation>
    </message>
    <message>
        <source>All places share the same parameters: they are counted once.</source>
        <translation>모든 자리가 같은 매개변수를 공유하므로 한 번만 셉니다.</translation>
    </message>
    <message>
        <source>At this place fewer windows reach the cell: think of the border and the stride.</source>
        <translation>이 자리에서는 칸에 닿는 윈도가 더 적습니다. 가장자리와 스트라이드를 생각해 보세요.</translation>
    </message>
    <message>
        <source>Channels are put behind one another, not added value by value.</source>
        <translation>채널은 값끼리 더하는 것이 아니라 차례로 잇습니다.</translation>
    </message>
    <message>
        <source>Counting begins at 0.</source>
        <translation>0부터 셉니다.</translation>
    </message>
    <message>
        <source>Dilation stretches the kernel over D·(K − 1) + 1 cells.</source>
        <translation>팽창은 커널을 D·(K − 1) + 1칸으로 늘립니다.</translation>
    </message>
    <message>
        <source>Divide by the number of cells, not by one side of the window.</source>
        <translation>윈도의 한 변이 아니라 칸의 개수로 나누세요.</translation>
    </message>
    <message>
        <source>Divide by the probability of being kept, 1 − p.</source>
        <translation>남을 확률인 1 − p로 나누세요.</translation>
    </message>
    <message>
        <source>Divide by the standard deviation, not by the variance.</source>
        <translation>분산이 아니라 표준편차로 나누세요.</translation>
    </message>
    <message>
        <source>Divide here, do not multiply.</source>
        <translation>여기서는 곱하지 말고 나누세요.</translation>
    </message>
    <message>
        <source>Every output is joined to every input: multiply, do not add.</source>
        <translation>모든 출력이 모든 입력과 이어집니다. 더하지 말고 곱하세요.</translation>
    </message>
    <message>
        <source>In groups, a kernel reads only the channels of its own group.</source>
        <translation>그룹으로 나누면 커널은 자기 그룹의 채널만 읽습니다.</translation>
    </message>
    <message>
        <source>It is not dropped here.</source>
        <translation>여기서는 버려지지 않습니다.</translation>
    </message>
    <message>
        <source>Neighbouring cells lie several pixels of the image apart: multiply by that.</source>
        <translation>이웃한 칸은 이미지에서 몇 픽셀씩 떨어져 있습니다. 그만큼 곱하세요.</translation>
    </message>
    <message>
        <source>Nothing is multiplied here.</source>
        <translation>여기서는 곱하지 않습니다.</translation>
    </message>
    <message>
        <source>Padding does not count here: divide by the cells inside the map.</source>
        <translation>여기서 패딩은 세지 않습니다. 맵 안의 칸 수로 나누세요.</translation>
    </message>
    <message>
        <source>Padding is added on both sides: 2·P.</source>
        <translation>패딩은 양쪽에 붙습니다: 2·P.</translation>
    </message>
    <message>
        <source>PyTorch scales in training already; while predicting, dropout is off.</source>
        <translation>PyTorch는 학습할 때 이미 배율을 맞춥니다. 예측할 때는 드롭아웃이 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>PyTorch writes one whole channel, then the next.</source>
        <translation>PyTorch는 채널 하나를 다 적고 다음 채널을 적습니다.</translation>
    </message>
    <message>
        <source>ReLU changes negative values only.</source>
        <translation>ReLU는 음수만 바꿉니다.</translation>
    </message>
    <message>
        <source>ReLU does not turn the sign.</source>
        <translation>ReLU는 부호를 뒤집지 않습니다.</translation>
    </message>
    <message>
        <source>ReLU lets no negative value through.</source>
        <translation>ReLU는 음수를 통과시키지 않습니다.</translation>
    </message>
    <message>
        <source>Rows and columns both count: multiply them.</source>
        <translation>행과 열을 모두 셉니다. 둘을 곱하세요.</translation>
    </message>
    <message>
        <source>Rows come first, then columns.</source>
        <translation>행이 먼저, 열이 나중입니다.</translation>
    </message>
    <message>
        <source>Running mean and variance are kept, but not learned.</source>
        <translation>이동 평균과 이동 분산은 보관할 뿐 학습하지 않습니다.</translation>
    </message>
    <message>
        <source>That is a probability; the loss is its negative logarithm.</source>
        <translation>그것은 확률입니다. 손실은 확률의 로그에 음의 부호를 붙인 것입니다.</translation>
    </message>
    <message>
        <source>That is another operation of arithmetic.</source>
        <translation>다른 연산을 한 값입니다.</translation>
    </message>
    <message>
        <source>That is for a single output channel.</source>
        <translation>출력 채널 하나만 센 값입니다.</translation>
    </message>
    <message>
        <source>That is in percent: type a share from 0 to 1, or add %.</source>
        <translation>그것은 백분율입니다. 0에서 1 사이의 값으로 적거나 %를 붙이세요.</translation>
    </message>
    <message>
        <source>That is the exponential: divide it by the sum.</source>
        <translation>그것은 exp 값입니다. 합으로 나누세요.</translation>
    </message>
    <message>
        <source>That is the logarithm itself.</source>
        <translation>그것은 로그 값 자체입니다.</translation>
    </message>
    <message>
        <source>That is the place in the window, not in the map.</source>
        <translation>그것은 맵이 아니라 윈도 안의 자리입니다.</translation>
    </message>
    <message>
        <source>That is the size of the input.</source>
        <translation>그것은 입력의 크기입니다.</translation>
    </message>
    <message>
        <source>That is the sum of the values.</source>
        <translation>그것은 값의 합입니다.</translation>
    </message>
    <message>
        <source>That is what a stride of 1 would give.</source>
        <translation>스트라이드가 1일 때의 값입니다.</translation>
    </message>
    <message>
        <source>That is what another kind of pooling would choose.</source>
        <translation>다른 종류의 풀링이 고를 값입니다.</translation>
    </message>
    <message>
        <source>That is what it sees of the layer before, not of the image.</source>
        <translation>그것은 이미지가 아니라 바로 앞 층에서 보는 크기입니다.</translation>
    </message>
    <message>
        <source>That is without dividing by the standard deviation.</source>
        <translation>표준편차로 나누지 않은 값입니다.</translation>
    </message>
    <message>
        <source>That is without m, the largest score.</source>
        <translation>가장 큰 점수 m을 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without subtracting the mean.</source>
        <translation>평균을 빼지 않은 값입니다.</translation>
    </message>
    <message>
        <source>That is without the bias.</source>
        <translation>편향을 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without the channels.</source>
        <translation>채널을 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without the logarithm of the sum.</source>
        <translation>합의 로그를 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without the padding.</source>
        <translation>패딩을 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without the size of the kernel.</source>
        <translation>커널의 크기를 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>That is without γ.</source>
        <translation>γ를 빠뜨린 값입니다.</translation>
    </message>
    <message>
        <source>The bias is added, not subtracted.</source>
        <translation>편향은 빼지 않고 더합니다.</translation>
    </message>
    <message>
        <source>The biases belong to the outputs, not to the inputs.</source>
        <translation>편향은 입력이 아니라 출력에 있습니다.</translation>
    </message>
    <message>
        <source>The first cell of the kernel adds nothing new: K − 1.</source>
        <translation>커널의 첫 칸은 새로 더하는 것이 없습니다: K − 1.</translation>
    </message>
    <message>
        <source>The logarithm of the sum is subtracted.</source>
        <translation>합의 로그는 뺍니다.</translation>
    </message>
    <message>
        <source>The other way round: the exponential divided by the sum.</source>
        <translation>반대입니다. exp 값을 합으로 나눕니다.</translation>
    </message>
    <message>
        <source>The places of the output count, not those of the input.</source>
        <translation>입력이 아니라 출력의 자리를 셉니다.</translation>
    </message>
    <message>
        <source>The row at the upper limit itself is not read any more.</source>
        <translation>상한에 있는 행은 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The sign counts: compare the values, not their absolute values.</source>
        <translation>부호도 봅니다. 절댓값이 아니라 값을 비교하세요.</translation>
    </message>
    <message>
        <source>The sign is the other way round.</source>
        <translation>부호가 반대입니다.</translation>
    </message>
    <message>
        <source>The sum contains the class&apos;s own exponential as well.</source>
        <translation>합에는 그 클래스 자신의 exp 값도 들어갑니다.</translation>
    </message>
    <message>
        <source>The upper limit is rounded up, so that no row is left out.</source>
        <translation>상한은 올림하여 빠지는 행이 없게 합니다.</translation>
    </message>
    <message>
        <source>The window&apos;s first place counts too: + 1 at the end.</source>
        <translation>윈도의 첫 자리도 셉니다: 끝에 1을 더합니다.</translation>
    </message>
    <message>
        <source>There is not one bias for all, but one for each output.</source>
        <translation>편향은 모두에 하나가 아니라 출력마다 하나씩 있습니다.</translation>
    </message>
    <message>
        <source>This layer has no bias.</source>
        <translation>이 층에는 편향이 없습니다.</translation>
    </message>
    <message>
        <source>This layer&apos;s own stride matters only to the layers behind it.</source>
        <translation>이 층의 스트라이드는 뒤의 층에만 영향을 줍니다.</translation>
    </message>
    <message>
        <source>Those are the parameters; each is used again at every place.</source>
        <translation>그것은 매개변수의 개수입니다. 매개변수는 자리마다 다시 쓰입니다.</translation>
    </message>
    <message>
        <source>Values are scaled in training only; while predicting, dropout is off.</source>
        <translation>배율은 학습할 때만 곱합니다. 예측할 때는 드롭아웃이 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>What does not divide is rounded down: an incomplete window is left out.</source>
        <translation>나누어떨어지지 않으면 버림합니다. 모자라는 윈도는 빠집니다.</translation>
    </message>
    <message>
        <source>What is kept is divided by 1 − p.</source>
        <translation>남은 값은 1 − p로 나눕니다.</translation>
    </message>
    <message>
        <source>That is the probability; its logarithm is asked for.</source>
        <translation>그것은 확률입니다. 묻는 것은 그 로그입니다.</translation>
    </message>
</context>
<context>
    <name>ModelDialogs</name>
    <message>
        <source>Export model as Python</source>
        <translation>모델을 Python으로 내보내기</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>모델 열기</translation>
    </message>
    <message>
        <source>Python (*.py)</source>
        <translation>Python (*.py)</translation>
    </message>
    <message>
        <source>Save code</source>
        <translation>코드 저장</translation>
    </message>
</context>
<context>
    <name>ModelHead</name>
    <message>
        <source>Make {model} the program&apos;s model.</source>
        <translation>{model} 모델을 프로그램의 모델로 삼습니다.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Open {model}</source>
        <translation>{model} 열기</translation>
    </message>
</context>
<context>
    <name>MuteChip</name>
    <message>
        <source>Its mean over the data set is being computed.</source>
        <translation>데이터셋에 대한 평균을 계산하고 있습니다.</translation>
    </message>
    <message>
        <source>Show this channel in the network</source>
        <translation>이 채널을 네트워크에서 표시</translation>
    </message>
    <message>
        <source>Show {channel}</source>
        <translation>{channel} 표시</translation>
    </message>
    <message>
        <source>Mute {channel}</source>
        <translation>{channel} 끄기</translation>
    </message>
    <message>
        <source>Whether the channel is muted now</source>
        <translation>지금 이 채널을 끌지 여부</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>0</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>How {channel} is muted</source>
        <translation>{channel} 끄는 방법</translation>
    </message>
    <message>
        <source>What stands in place of its values: 0, or the channel&apos;s mean over the data set</source>
        <translation>채널의 값을 대신하는 수: 0 또는 데이터셋에 대한 채널의 평균</translation>
    </message>
    <message>
        <source>Remove {channel} from the list</source>
        <translation>목록에서 {channel} 제거</translation>
    </message>
    <message>
        <source>No longer mute this channel</source>
        <translation>이 채널을 더 이상 끄지 않음</translation>
    </message>
</context>
<context>
    <name>MuteMenu</name>
    <message>
        <source>Show the arithmetic</source>
        <translation>계산 과정 보기</translation>
    </message>
    <message>
        <source>Mute to zero</source>
        <translation>0으로 끄기</translation>
    </message>
    <message>
        <source>0 stands in place of all values of this channel (M)</source>
        <translation>이 채널의 모든 값을 0으로 대신합니다(M).</translation>
    </message>
    <message>
        <source>Mute to its mean</source>
        <translation>평균으로 끄기</translation>
    </message>
    <message>
        <source>The channel&apos;s mean over the data set stands in place of all its values</source>
        <translation>채널의 모든 값을 데이터셋에 대한 평균으로 대신합니다.</translation>
    </message>
    <message>
        <source>No longer mute</source>
        <translation>끄기 해제</translation>
    </message>
    <message>
        <source>Show every multiplication</source>
        <translation>모든 곱셈 보기</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
</context>
<context>
    <name>MutedBar</name>
    <message>
        <source>{count:channel|channels} muted</source>
        <translation>채널 {count}개 꺼짐</translation>
    </message>
    <message>
        <source>Recall and precision</source>
        <translation>재현율과 정밀도</translation>
    </message>
    <message>
        <source>Of each class, without the mutes and with them</source>
        <translation>클래스마다 채널을 끄기 전과 끈 후의 값</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Compare with the same weights without the mutes: the table and the images that changed</source>
        <translation>채널을 끄지 않은 같은 가중치와 비교: 혼동 행렬과 예측이 바뀐 이미지</translation>
    </message>
</context>
<context>
    <name>Mutes</name>
    <message>
        <source>{worse} became wrong, {better} became correct</source>
        <translation>오답이 됨 {worse}장, 정답이 됨 {better}장</translation>
    </message>
    <message>
        <source>{count:test image|test images}</source>
        <translation>테스트 이미지 {count}장</translation>
    </message>
    <message>
        <source>Sample of {count:test image|test images}</source>
        <translation>테스트 이미지 표본 {count}장</translation>
    </message>
    <message>
        <source>none changes between correct and wrong</source>
        <translation>정답과 오답 사이의 변화 없음</translation>
    </message>
    <message>
        <source>{name}: recall {recall}, precision {precision}</source>
        <translation>{name}: 재현율 {recall}, 정밀도 {precision}</translation>
    </message>
</context>
<context>
    <name>MutesPresenter</name>
    <message>
        <source>No longer muted: {count:channel|channels} of the weights that were on the screen.</source>
        <translation>앞서 화면에 있던 가중치의 채널 {count}개는 더 이상 끄지 않습니다.</translation>
    </message>
    <message>
        <source>With these weights {count:channel is|channels are} muted, as they note.</source>
        <translation>이 가중치에 기록된 대로 채널 {count}개를 끕니다.</translation>
    </message>
</context>
<context>
    <name>MutesView</name>
    <message>
        <source>Nothing is muted now.</source>
        <translation>지금 꺼진 채널이 없습니다.</translation>
    </message>
    <message>
        <source>Muted channels</source>
        <translation>꺼진 채널</translation>
    </message>
    <message>
        <source>Recall and precision</source>
        <translation>재현율과 정밀도</translation>
    </message>
    <message>
        <source>Show the confusion matrix with these channels muted, and without</source>
        <translation>이 채널들을 끈 혼동 행렬과 끄기 전의 혼동 행렬을 표시</translation>
    </message>
    <message>
        <source>Undo the last mute (Ctrl+Z)</source>
        <translation>마지막 끄기 취소 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>다시 실행 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>More for muted channels</source>
        <translation>꺼진 채널에 대한 명령 더 보기</translation>
    </message>
    <message>
        <source>Mute nothing</source>
        <translation>모두 끄기 해제</translation>
    </message>
    <message>
        <source>Empty the list; can be undone</source>
        <translation>목록을 비웁니다. 취소할 수 있습니다.</translation>
    </message>
    <message>
        <source>Clear the list, save the weights with the mutes, or train on with them</source>
        <translation>목록을 비우거나, 꺼진 채널과 함께 가중치를 저장하거나, 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>Muted: {count:channel|channels}</source>
        <translation>꺼진 채널: {count}개</translation>
    </message>
    <message>
        <source>Muted: {channels}</source>
        <translation>꺼진 채널: {channels}</translation>
    </message>
    <message>
        <source>Switch each channel on or off, mute it to zero or to its mean</source>
        <translation>채널을 하나씩 켜거나 끄고, 0 또는 평균으로 바꿉니다</translation>
    </message>
    <message>
        <source>Save weights with the mutes…</source>
        <translation>꺼진 채널과 함께 가중치 저장…</translation>
    </message>
    <message>
        <source>The file notes which channels are muted: whoever opens it sees the same numbers</source>
        <translation>어떤 채널이 꺼져 있는지 파일에 기록되어, 파일을 열면 같은 값이 나옵니다.</translation>
    </message>
    <message>
        <source>Train on with the mutes…</source>
        <translation>채널을 끈 채 이어서 학습…</translation>
    </message>
    <message>
        <source>Begin a new run with these weights, in which the channels stay muted</source>
        <translation>이 가중치로 새 학습 기록을 시작합니다. 채널은 꺼진 상태로 유지됩니다.</translation>
    </message>
</context>
<context>
    <name>NetworkHead</name>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Colours, order and size of the maps</source>
        <translation>맵의 색상, 순서, 크기</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>맵 순서</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Show the whole network, its blocks folded (F); a layer that is chosen has its large maps again</source>
        <translation>블록을 접어 신경망 전체를 보여 줍니다(F). 층을 선택하면 다시 큰 맵으로 보여 줍니다</translation>
    </message>
    <message>
        <source>Fold all</source>
        <translation>모두 접기</translation>
    </message>
    <message>
        <source>Unfold all</source>
        <translation>모두 펼치기</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Go to layer</source>
        <translation>층으로 가기</translation>
    </message>
    <message>
        <source>Go to a layer (double-click on it, or Enter)</source>
        <translation>층으로 이동합니다(층을 더블클릭하거나 Enter)</translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation>색의 범위</translation>
    </message>
    <message>
        <source>Which values share one colour scale</source>
        <translation>어떤 값들이 색 눈금 하나를 함께 쓰는지</translation>
    </message>
    <message>
        <source>per layer</source>
        <translation>층마다</translation>
    </message>
    <message>
        <source>per map</source>
        <translation>맵마다</translation>
    </message>
    <message>
        <source>global</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>strongest first</source>
        <translation>강한 맵부터</translation>
    </message>
    <message>
        <source>by number</source>
        <translation>번호순</translation>
    </message>
    <message>
        <source>Order of the maps</source>
        <translation>맵의 순서</translation>
    </message>
    <message>
        <source>Fold or unfold all blocks</source>
        <translation>모든 블록 접기 또는 펼치기</translation>
    </message>
    <message>
        <source>Show each block as one column, or all of its layers (B: one block)</source>
        <translation>블록을 한 열로 또는 모든 층으로 표시합니다(B: 블록 하나)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소 (−)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Fit the network</source>
        <translation>신경망 맞춤</translation>
    </message>
    <message>
        <source>Show the whole network (F)</source>
        <translation>신경망 전체 보기 (F)</translation>
    </message>
    <message>
        <source>A map is as strong as the largest size of its values; maps that are added to one another stand at the same places</source>
        <translation>맵의 세기는 절댓값이 가장 큰 값의 크기입니다. 서로 더하는 맵은 같은 자리에 표시합니다</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>층</translation>
    </message>
</context>
<context>
    <name>NetworkView</name>
    <message>
        <source>{model}: {n:layer|layers}, {learning} with parameters; {parameters:parameter|parameters}</source>
        <translation>{model}: 층 {n}개(매개변수 있는 층 {learning}개), 매개변수 {parameters}개</translation>
    </message>
    <message>
        <source>Every operation of the model counts as a layer, as in Build: not the image, and not the softmax that the program adds</source>
        <translation>모델의 모든 연산을 한 층으로 셉니다(만들기에서도 같음). 이미지와 프로그램이 덧붙인 소프트맥스는 세지 않습니다</translation>
    </message>
    <message>
        <source>Fold {block} or unfold it</source>
        <translation>{block} 블록을 접거나 펼칩니다</translation>
    </message>
    <message>
        <source>The layers have no room beside one another here: the strip above shows all of them</source>
        <translation>여기에는 모든 층을 나란히 놓을 자리가 없습니다. 전체 층은 위쪽 띠에 있습니다</translation>
    </message>
    <message>
        <source>Click a map: see every multiplication · double-click a layer: go back to its large maps</source>
        <translation>맵 클릭: 모든 곱셈 보기 · 층 더블 클릭: 큰 맵으로 돌아가기</translation>
    </message>
    <message>
        <source>(row {row}, col {col})</source>
        <translation>({row}행 {col}열)</translation>
    </message>
    <message>
        <source>{count:parameter|parameters}</source>
        <translation>매개변수 {count}개</translation>
    </message>
    <message>
        <source>{count:layer|layers}</source>
        <translation>층 {count}개</translation>
    </message>
    <message>
        <source>{other} is added to {source} (the shortcut)</source>
        <translation>{other} 값을 {source}(스킵 연결) 값에 더함</translation>
    </message>
    <message>
        <source>Draw a digit or choose an image</source>
        <translation>숫자를 그리거나 이미지를 선택하세요</translation>
    </message>
    <message>
        <source>Feature maps of the network</source>
        <translation>신경망의 특징 맵</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>What the network sees, after normalisation</source>
        <translation>정규화한 뒤 신경망이 보는 것</translation>
    </message>
    <message>
        <source>Click a map: see every multiplication · point at it: see what it comes from · the wheel zooms, F fits</source>
        <translation>맵을 클릭하면 모든 곱셈이 보입니다 · 가리키면 어디서 왔는지 보입니다 · 휠로 확대, F로 맞춤</translation>
    </message>
    <message>
        <source>parameters {text}</source>
        <translation>매개변수 {text}</translation>
    </message>
    <message>
        <source>{operation} of {inputs}</source>
        <translation>{inputs}의 {operation}</translation>
    </message>
    <message>
        <source>{value} (not a number: magenta)</source>
        <translation>{value} (NaN 또는 무한대: 자홍색)</translation>
    </message>
    <message>
        <source>Not recorded: operations before {layers}.</source>
        <translation>기록하지 못한 연산: {layers} 앞.</translation>
    </message>
    <message>
        <source>{block}: {n:layer|layers}, {shape}, {parameters:parameter|parameters}</source>
        <translation>{block}: 층 {n}개, {shape}, 매개변수 {parameters}개</translation>
    </message>
    <message>
        <source>Reads {inputs}, gives {output} · click “unfold” to see its layers</source>
        <translation>입력: {inputs}, 출력: {output} · [펼치기]를 클릭하면 층이 나옵니다</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>모든 층</translation>
    </message>
    <message>
        <source>+{n} more</source>
        <translation>+{n}개 더</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>줄이기</translation>
    </message>
    <message>
        <source>unfold</source>
        <translation>펼치기</translation>
    </message>
    <message>
        <source>Click: see every number of it</source>
        <translation>클릭하면 모든 값의 계산 과정이 나옵니다</translation>
    </message>
    <message>
        <source>same weights</source>
        <translation>같은 가중치</translation>
    </message>
    <message>
        <source>{source} is added to {other}</source>
        <translation>{source} 값을 {other} 값에 더함</translation>
    </message>
    <message>
        <source>{place} (muted)</source>
        <translation>{place} (꺼짐)</translation>
    </message>
    <message>
        <source>{source} (the shortcut) is added to {other}</source>
        <translation>{source}(스킵 연결) 값을 {other} 값에 더함</translation>
    </message>
    <message>
        <source>untrained: random weights</source>
        <translation>학습 전: 무작위 가중치</translation>
    </message>
    <message>
        <source>{count:layer|layers} + {n:shortcut|shortcuts}</source>
        <translation>층 {count}개 + 스킵 연결 {n}개</translation>
    </message>
    <message>
        <source>Every layer is a column, every feature map a tile. Arrow keys walk from value to value within a map; with Shift from map to map, with Ctrl to the layer on the left or right; the other arrow then leads back to the same place. Enter zooms to the layer, F shows everything, + and − zoom, M mutes the channel, Esc lets go.</source>
        <translation>층은 열, 특징 맵은 타일입니다. 화살표 키로 맵 안에서 값에서 값으로 옮겨 갑니다. Shift와 함께 맵 단위로, Ctrl과 함께 왼쪽이나 오른쪽 층으로 옮기고, 반대 화살표를 누르면 같은 칸으로 되돌아옵니다. Enter는 층 확대, F는 전체 보기, +와 −는 확대와 축소, M은 채널 끄기, Esc는 선택 해제입니다.</translation>
    </message>
    <message>
        <source>the shortcut: {way}, added to {other}</source>
        <translation>스킵 연결: {way}, {other} 값에 더함</translation>
    </message>
    <message>
        <source>the shortcut</source>
        <translation>스킵 연결</translation>
    </message>
    <message>
        <source>Click a map: see every multiplication · drag: go along · the wheel zooms, F fits</source>
        <translation>맵을 클릭: 모든 곱셈 · 끌기: 이동 · 휠: 확대, F: 전체</translation>
    </message>
</context>
<context>
    <name>Normalisation</name>
    <message>
        <source>Normalised: of each pixel, 0 to 1, the mean is subtracted and the rest divided by the standard deviation.</source>
        <translation>정규화: 0에서 1까지의 픽셀 값에서 평균을 빼고 표준편차로 나눕니다.</translation>
    </message>
    <message>
        <source>Images are normalised as the weights record: mean {mean}, standard deviation {std}.</source>
        <translation>이미지를 가중치에 기록된 값으로 정규화합니다. 평균 {mean}, 표준편차 {std}.</translation>
    </message>
    <message>
        <source>Images are normalised as you chose: mean {mean}, standard deviation {std}.</source>
        <translation>이미지를 직접 정한 값으로 정규화합니다. 평균 {mean}, 표준편차 {std}.</translation>
    </message>
    <message>
        <source>The weights record no normalisation. Images get that of the data set: mean {mean}, standard deviation {std}.</source>
        <translation>가중치에 정규화 값이 기록되어 있지 않아 데이터셋의 값을 사용합니다. 평균 {mean}, 표준편차 {std}.</translation>
    </message>
    <message>
        <source>The weights record no normalisation. Images get the usual one of the model: mean {mean}, standard deviation {std}.</source>
        <translation>가중치에 정규화 값이 기록되어 있지 않아 모델의 기본값을 사용합니다. 평균 {mean}, 표준편차 {std}.</translation>
    </message>
    <message>
        <source>normalised as the data set says</source>
        <translation>데이터셋의 값으로 정규화</translation>
    </message>
    <message>
        <source>normalised as the weights record</source>
        <translation>가중치에 기록된 값으로 정규화</translation>
    </message>
    <message>
        <source>normalised as usual for the model</source>
        <translation>모델의 기본값으로 정규화</translation>
    </message>
    <message>
        <source>normalised as you chose</source>
        <translation>직접 정한 값으로 정규화</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Show file</source>
        <translation>파일 보기</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>Cells added on every side of the maps before the window slides.</source>
        <translation>윈도가 이동하기 전에 특징 맵의 각 변에 더하는 칸.</translation>
    </message>
    <message>
        <source>Distance of the cells that the window reads; 1: neighbours.</source>
        <translation>윈도가 읽는 칸 사이의 거리. 1: 이웃.</translation>
    </message>
    <message>
        <source>Height and width of the sliding window.</source>
        <translation>슬라이딩 윈도의 높이와 너비.</translation>
    </message>
    <message>
        <source>How far the window moves from output to output.</source>
        <translation>출력마다 윈도가 움직이는 간격.</translation>
    </message>
    <message>
        <source>How likely a value is set to zero at a training step.</source>
        <translation>학습 스텝에서 값이 0이 될 확률.</translation>
    </message>
    <message>
        <source>How many feature maps the layer gives; 0 gives one for each class.</source>
        <translation>층이 내는 특징 맵의 수. 0이면 클래스마다 하나.</translation>
    </message>
    <message>
        <source>How many values the layer gives; 0 gives one for each class.</source>
        <translation>층이 내는 값의 수. 0이면 클래스마다 하나.</translation>
    </message>
    <message>
        <source>Into so many parts the channels are divided; each part is convolved by itself.</source>
        <translation>채널을 나누는 수. 나뉜 부분마다 따로 합성곱합니다.</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>dilation</source>
        <translation>팽창</translation>
    </message>
    <message>
        <source>features</source>
        <translation>특징</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>스트라이드</translation>
    </message>
    <message>
        <source>Make the layer fit with this number.</source>
        <translation>이 값으로 바꾸면 층이 맞습니다.</translation>
    </message>
</context>
<context>
    <name>NumberLinks</name>
    <message>
        <source>Logit {name}</source>
        <translation>로짓 {name}</translation>
    </message>
    <message>
        <source>Every number of this logit</source>
        <translation>이 로짓의 모든 숫자</translation>
    </message>
    <message>
        <source>Every number of logit {name}</source>
        <translation>로짓 {name}의 모든 숫자</translation>
    </message>
    <message>
        <source>of logit {name}</source>
        <translation>로짓 {name}의 숫자</translation>
    </message>
    <message>
        <source>Show how the logit of the class was computed, in Explore</source>
        <translation>이 클래스의 로짓이 계산된 과정을 탐색에서 표시합니다</translation>
    </message>
    <message>
        <source>Every number of the other logit</source>
        <translation>다른 로짓의 모든 숫자</translation>
    </message>
    <message>
        <source>Show how the logit of the class behind “and not” was computed, in Explore</source>
        <translation>비교한 클래스의 로짓이 계산된 과정을 탐색에서 표시합니다</translation>
    </message>
</context>
<context>
    <name>OpenRunPresenter</name>
    <message>
        <source>The run&apos;s model is your own code in {file}, which has to be run first.</source>
        <translation>이 기록의 모델은 {file} 파일에 있는 직접 만든 코드입니다. 먼저 그 파일을 실행해야 합니다.</translation>
    </message>
    <message>
        <source>Open {file}…</source>
        <translation>{file} 열기…</translation>
    </message>
    <message>
        <source>It is on the screen: it is being trained here.</source>
        <translation>여기서 학습 중이라 이미 화면에 있습니다.</translation>
    </message>
    <message>
        <source>{run} is finished.</source>
        <translation>{run}: 학습을 마쳤습니다.</translation>
    </message>
    <message>
        <source>{run} is on the screen, and followed while it is trained elsewhere.</source>
        <translation>{run}: 화면에 보이며, 다른 곳에서 학습하는 동안 따라갑니다.</translation>
    </message>
    <message>
        <source>{run} is on the screen.</source>
        <translation>{run} 기록을 화면에 표시했습니다.</translation>
    </message>
    <message>
        <source>{run} was stopped.</source>
        <translation>{run}: 중지된 기록입니다.</translation>
    </message>
</context>
<context>
    <name>OutputGrid</name>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Point at a cell, or use the arrow keys, to see which cells of the input it comes from.</source>
        <translation>칸을 가리키거나 화살표 키를 쓰면 입력의 어느 칸에서 왔는지 보입니다.</translation>
    </message>
    <message>
        <source>output row {row}, column {col}: {value}</source>
        <translation>출력 행 {row}, 열 {col}: {value}</translation>
    </message>
</context>
<context>
    <name>OwnModelsPresenter</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Running {file} in a process of its own…</source>
        <translation>{file} 파일을 별도의 프로세스에서 실행하는 중…</translation>
    </message>
    <message>
        <source>The file was stopped. Nothing of it is used.</source>
        <translation>파일 실행을 중지했습니다. 이 파일은 사용하지 않습니다.</translation>
    </message>
    <message>
        <source>{name} is on the screen.</source>
        <translation>{name} 모델을 표시합니다.</translation>
    </message>
</context>
<context>
    <name>Percent</name>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
    </message>
</context>
<context>
    <name>PicturePreview</name>
    <message>
        <source>Drop a picture here</source>
        <translation>여기에 그림을 끌어다 놓으세요</translation>
    </message>
    <message>
        <source>Preview of the picture</source>
        <translation>그림 미리 보기</translation>
    </message>
</context>
<context>
    <name>PixelView</name>
    <message>
        <source>row {row}, col {col}: {value}</source>
        <translation>행 {row}, 열 {col}: {value}</translation>
    </message>
    <message>
        <source>({row}, {col}): {value}</source>
        <translation>({row}, {col}): {value}</translation>
    </message>
    <message>
        <source>What the model sees, pixel by pixel</source>
        <translation>모델이 보는 이미지의 픽셀</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>아직 이미지가 없습니다</translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>This image has no true class, so it has no loss of its own: choose a labelled one in Images, or a class in Backward</source>
        <translation>이 이미지에는 정답 클래스가 없어 손실이 없습니다. 이미지에서 레이블이 있는 것을 선택하거나 역전파에서 클래스를 선택하세요</translation>
    </message>
    <message>
        <source>Begin again at the end</source>
        <translation>끝에서 처음부터 다시</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Explain a number of this layer</source>
        <translation>이 층의 수를 설명합니다</translation>
    </message>
    <message>
        <source>How the loss of this labelled image comes about</source>
        <translation>레이블이 있는 이 이미지의 손실이 나오는 과정</translation>
    </message>
    <message>
        <source>Layer to explain</source>
        <translation>설명할 층</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Move to the next place</source>
        <translation>다음 위치로</translation>
    </message>
    <message>
        <source>Pause the window (Space)</source>
        <translation>윈도 멈추기 (스페이스)</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Slide the window over the map (Space)</source>
        <translation>윈도를 특징 맵 위로 이동합니다 (스페이스)</translation>
    </message>
    <message>
        <source>ch </source>
        <translation>채널 </translation>
    </message>
    <message>
        <source>col </source>
        <translation>열 </translation>
    </message>
    <message>
        <source>no. </source>
        <translation>번호 </translation>
    </message>
    <message>
        <source>row </source>
        <translation>행 </translation>
    </message>
    <message>
        <source>{name} of the number to explain</source>
        <translation>설명할 수의 {name}</translation>
    </message>
    <message>
        <source>How the window moves</source>
        <translation>윈도가 움직이는 방식</translation>
    </message>
    <message>
        <source>{n:place|places} a second</source>
        <translation>초당 {n}칸</translation>
    </message>
    <message>
        <source>counted from 0, as in PyTorch</source>
        <translation>PyTorch처럼 0부터 셉니다</translation>
    </message>
</context>
<context>
    <name>Playback</name>
    <message>
        <source>Loop</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Move the window on by one output cell.</source>
        <translation>윈도를 출력 한 칸만큼 옮깁니다.</translation>
    </message>
    <message>
        <source>Output cells a second.</source>
        <translation>1초에 출력 몇 칸.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Slide the window over the input.</source>
        <translation>윈도를 입력 위로 이동합니다.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 칸</translation>
    </message>
    <message>
        <source>Stop the window.</source>
        <translation>윈도를 멈춥니다.</translation>
    </message>
    <message>
        <source>Begin again at the end when the window slides by itself.</source>
        <translation>윈도가 자동으로 이동할 때 끝에 도달하면 처음부터 다시 시작합니다.</translation>
    </message>
</context>
<context>
    <name>PredictedClass</name>
    <message>
        <source>Nothing is predicted yet</source>
        <translation>아직 예측이 없습니다</translation>
    </message>
    <message>
        <source>This image cannot be predicted</source>
        <translation>이 이미지는 예측할 수 없습니다</translation>
    </message>
    <message>
        <source>Top prediction</source>
        <translation>1순위 예측</translation>
    </message>
    <message>
        <source>true class: {label}</source>
        <translation>정답: {label}</translation>
    </message>
    <message>
        <source>correct: the true class is {label}</source>
        <translation>맞음: 정답 클래스는 {label}</translation>
    </message>
    <message>
        <source>wrong: the true class is {label}</source>
        <translation>틀림: 정답 클래스는 {label}</translation>
    </message>
    <message>
        <source>Looks like none of the {classes}</source>
        <translation>{classes}개 클래스와 닮지 않음</translation>
    </message>
    <message>
        <source>Unfamiliar image</source>
        <translation>낯선 이미지</translation>
    </message>
    <message>
        <source>This does not look like one of the {classes}.</source>
        <translation>이 이미지는 {classes}개 클래스 중 어느 것과도 닮지 않았습니다.</translation>
    </message>
    <message>
        <source>ten</source>
        <translation>10</translation>
    </message>
</context>
<context>
    <name>PredictionView</name>
    <message>
        <source>Read it as it is</source>
        <translation>있는 그대로 읽기</translation>
    </message>
    <message>
        <source>Do not prepare the picture as a digit</source>
        <translation>사진을 숫자로 준비하지 않습니다</translation>
    </message>
    <message>
        <source>Sort the bars by probability instead of by class</source>
        <translation>막대를 클래스가 아니라 확률순으로 정렬합니다</translation>
    </message>
    <message>
        <source>No prediction: there is no image.</source>
        <translation>예측이 없습니다. 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Sort by probability</source>
        <translation>확률순</translation>
    </message>
    <message>
        <source>Probabilities of the classes</source>
        <translation>클래스별 확률</translation>
    </message>
    <message>
        <source>All {count:class|classes}</source>
        <translation>클래스 {count}개 모두</translation>
    </message>
    <message>
        <source>Correct.</source>
        <translation>맞음.</translation>
    </message>
    <message>
        <source>The true class is {label}.</source>
        <translation>정답 클래스: {label}.</translation>
    </message>
    <message>
        <source>Wrong.</source>
        <translation>틀림.</translation>
    </message>
    <message>
        <source>then {name} with {percent}</source>
        <translation>다음은 {name}, {percent}</translation>
    </message>
    <message>
        <source>{name} with {percent}</source>
        <translation>{name}, {percent}</translation>
    </message>
    <message>
        <source>{number} percent</source>
        <translation>{number}퍼센트</translation>
    </message>
    <message>
        <source>Best five</source>
        <translation>상위 5개만</translation>
    </message>
    <message>
        <source>Show only the five most likely classes</source>
        <translation>확률이 높은 클래스 5개만 표시합니다</translation>
    </message>
    <message>
        <source>All ten classes</source>
        <translation>클래스 10개 모두</translation>
    </message>
    <message>
        <source>Show a bar for every class</source>
        <translation>모든 클래스의 막대를 표시합니다</translation>
    </message>
    <message>
        <source>Its score {score} is above the threshold {threshold}: the model never learned from images like this, so its probabilities mean little here. See Evaluate, Calibration.</source>
        <translation>점수 {score} 값이 기준값 {threshold} 값보다 큽니다. 모델이 이런 이미지로 학습한 적이 없어 여기서는 확률의 의미가 작습니다. [평가]의 [보정]을 참고하세요.</translation>
    </message>
</context>
<context>
    <name>PredictionsTab</name>
    <message>
        <source>Order the classes by probability for each run, or in the same order for all</source>
        <translation>기록마다 확률순으로 정렬하거나 모든 기록을 같은 순서로 정렬합니다</translation>
    </message>
    <message>
        <source>All models agree.</source>
        <translation>예측이 모두 같습니다.</translation>
    </message>
    <message>
        <source>Sort by probability</source>
        <translation>확률순</translation>
    </message>
    <message>
        <source>Best class first</source>
        <translation>높은 클래스부터</translation>
    </message>
    <message>
        <source>The predictions of each compared run for the image</source>
        <translation>이미지에 대한 각 기록의 예측</translation>
    </message>
    <message>
        <source>The true class is {label}.</source>
        <translation>정답 클래스: {label}.</translation>
    </message>
    <message>
        <source>The models disagree.</source>
        <translation>예측이 서로 다릅니다.</translation>
    </message>
    <message>
        <source>Draw, or choose an image at the side: every compared run predicts it at once.</source>
        <translation>옆에서 그리거나 이미지를 선택하세요. 비교 중인 모든 기록이 바로 예측합니다.</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Bars and views move smoothly</source>
        <translation>막대와 화면이 부드럽게 움직입니다</translation>
    </message>
    <message>
        <source>Choose the data folder</source>
        <translation>데이터 폴더 고르기</translation>
    </message>
    <message>
        <source>Choose the runs folder</source>
        <translation>학습 기록 폴더 선택</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>데이터 폴더</translation>
    </message>
    <message>
        <source>Disk space for runs</source>
        <translation>학습 기록의 디스크 공간</translation>
    </message>
    <message>
        <source>Keep later runs in another folder, and list those that it holds</source>
        <translation>앞으로의 학습 기록을 다른 폴더에 저장하고 그 폴더의 기록을 표시합니다</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Look for data sets in another folder, and download to it</source>
        <translation>다른 폴더에서 데이터셋을 찾고 거기에 다운로드합니다</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>애니메이션</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Runs folder</source>
        <translation>학습 기록 폴더</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>When all runs together take more, snapshots of the oldest are deleted; results always stay</source>
        <translation>모든 기록의 크기가 이보다 커지면 가장 오래된 기록의 저장된 시점부터 삭제합니다. 결과는 항상 남습니다</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
</context>
<context>
    <name>PreparationCard</name>
    <message>
        <source>How the image was prepared</source>
        <translation>이미지의 전처리 과정</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>모델이 보는 것</translation>
    </message>
    <message>
        <source>Point at a pixel, or use the arrow keys, to read its value</source>
        <translation>픽셀을 가리키거나 화살표 키를 쓰면 값이 나옵니다</translation>
    </message>
    <message>
        <source>Change size and normalisation…</source>
        <translation>크기와 정규화 변경…</translation>
    </message>
</context>
<context>
    <name>PreprocessingDialog</name>
    <message>
        <source>As recorded</source>
        <translation>기록된 값으로</translation>
    </message>
    <message>
        <source>As the weights record, else as the data set or the model says</source>
        <translation>가중치에 기록된 값을 사용합니다. 없으면 데이터셋이나 모델의 값을 사용합니다</translation>
    </message>
    <message>
        <source>Divides what is left of each pixel</source>
        <translation>평균을 뺀 픽셀 값을 나눕니다</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>How an image is prepared for the model</source>
        <translation>모델 입력 설정</translation>
    </message>
    <message>
        <source>Is subtracted from each pixel, which goes from 0 to 1</source>
        <translation>0에서 1 사이의 각 픽셀 값에서 뺍니다</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Pixels across of the model&apos;s input</source>
        <translation>모델 입력의 가로 픽셀 수</translation>
    </message>
    <message>
        <source>Pixels down of the model&apos;s input</source>
        <translation>모델 입력의 세로 픽셀 수</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>{name}, channel {number}</source>
        <translation>{name}, 채널 {number}</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Clipboard</source>
        <translation>클립보드</translation>
    </message>
</context>
<context>
    <name>QuestionButton</name>
    <message>
        <source>Why this answer?</source>
        <translation>왜 이 답인가?</translation>
    </message>
    <message>
        <source>Why {name} and not {other}?</source>
        <translation>왜 {other} 대신 {name}인가?</translation>
    </message>
    <message>
        <source>Why {name}?</source>
        <translation>왜 {name}인가?</translation>
    </message>
    <message>
        <source>{name}, predicted</source>
        <translation>{name} (예측)</translation>
    </message>
    <message>
        <source>{name}, true class</source>
        <translation>{name} (정답)</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>예측한 클래스</translation>
    </message>
    <message>
        <source>true class if wrong</source>
        <translation>오답이면 정답 클래스</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Ask about another class, or about one class against another</source>
        <translation>다른 클래스 또는 두 클래스의 차이에 대해 질문합니다</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>and not</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Class asked about</source>
        <translation>근거를 볼 클래스</translation>
    </message>
    <message>
        <source>The logit of this class is explained, not its probability</source>
        <translation>이 클래스의 확률이 아니라 로짓의 근거를 표시합니다</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>비교할 클래스</translation>
    </message>
    <message>
        <source>With another class the difference of the two logits is explained. “True class” is the image&apos;s own class, where it is known and the answer is wrong.</source>
        <translation>다른 클래스를 선택하면 두 로짓의 차이의 근거를 표시합니다. [정답 클래스]는 답이 틀렸고 정답을 알 때 그 이미지의 정답입니다.</translation>
    </message>
</context>
<context>
    <name>QuestionCard</name>
    <message>
        <source>Answers you had checked</source>
        <translation>채점한 답</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>채점</translation>
    </message>
    <message>
        <source>Check your answer, and see how it is worked out</source>
        <translation>답을 채점하고 풀이를 봅니다</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>다음 문제</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>See the answer without giving one; it does not count</source>
        <translation>답하지 않고 정답을 봅니다. 점수에 넣지 않습니다</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>정답 보기</translation>
    </message>
    <message>
        <source>The answer is {answer}.</source>
        <translation>정답은 {answer}입니다.</translation>
    </message>
    <message>
        <source>There is nothing to work out by hand about this operation.</source>
        <translation>이 연산에는 손으로 풀어 볼 문제가 없습니다.</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Your answer; Return checks it, then shows the next question</source>
        <translation>답을 입력하세요. Enter로 채점하고 다음 문제를 표시합니다</translation>
    </message>
    <message>
        <source>{right} of {n} correct</source>
        <translation>{n}문제 중 {right}문제 정답</translation>
    </message>
    <message>
        <source>✓ Correct: {answer}</source>
        <translation>✓ 정답입니다: {answer}</translation>
    </message>
    <message>
        <source>✗ Wrong: the answer is {answer}.</source>
        <translation>✗ 오답입니다. 정답은 {answer}입니다.</translation>
    </message>
    <message>
        <source>Another question on this layer, with the current values</source>
        <translation>현재 값으로 이 층의 다른 문제를 냅니다</translation>
    </message>
</context>
<context>
    <name>ReferencePresenter</name>
    <message>
        <source>{step} of {run}</source>
        <translation>{run}의 {step}</translation>
    </message>
    <message>
        <source>{weights}, muted</source>
        <translation>{weights}, 채널 꺼짐</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>the weights kept</source>
        <translation>남겨 둔 가중치</translation>
    </message>
    <message>
        <source>no channel muted</source>
        <translation>꺼진 채널 없음</translation>
    </message>
</context>
<context>
    <name>ResumePresenter</name>
    <message>
        <source>Continue with them</source>
        <translation>현재 데이터로 이어서 학습</translation>
    </message>
    <message>
        <source>Reading the run…</source>
        <translation>학습 기록을 읽는 중…</translation>
    </message>
    <message>
        <source>Run it and continue</source>
        <translation>실행하고 이어서 학습</translation>
    </message>
    <message>
        <source>Running {file}…</source>
        <translation>{file} 실행 중…</translation>
    </message>
    <message>
        <source>The data changed since the run was trained: {changes}. It can continue with the data as they are now, but not exactly.</source>
        <translation>학습 이후 데이터가 변경되었습니다: {changes}. 현재 데이터로 이어서 학습할 수 있지만, 정확히 재현되지는 않습니다.</translation>
    </message>
    <message>
        <source>The run&apos;s model is your own code in {file}, which has to be run first.</source>
        <translation>이 기록의 모델은 {file} 파일에 있는 직접 만든 코드입니다. 먼저 그 파일을 실행해야 합니다.</translation>
    </message>
    <message>
        <source>{files} changed since the run was trained. It can continue with the code as it is now, but not exactly.</source>
        <translation>이 기록을 학습한 뒤 바뀐 파일이 있습니다: {files}. 지금 코드로 이어서 학습할 수 있지만 결과가 정확히 재현되지 않습니다.</translation>
    </message>
    <message>
        <source>{run} continues after step {step}.</source>
        <translation>{run}: 스텝 {step} 다음부터 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>The run was trained on {device}, which is not available on this computer: the branch is trained on the CPU.</source>
        <translation>이 기록을 학습한 {device} 장치가 이 컴퓨터에 없어 분기는 CPU에서 학습합니다.</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Start a new run from a step of this one, with another learning rate, momentum or number of epochs</source>
        <translation>이 기록의 한 스텝에서 학습률, 모멘텀, 에폭 수를 바꾸어 새 학습 기록을 시작합니다</translation>
    </message>
    <message>
        <source>Branch…</source>
        <translation>분기…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Duplicate as new configuration</source>
        <translation>새 설정으로 복제</translation>
    </message>
    <message>
        <source>Give it a name of your own</source>
        <translation>원하는 이름을 붙입니다</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Take back the last deletion, name or note of the list</source>
        <translation>목록의 마지막 삭제, 이름 또는 메모 변경을 취소합니다</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>폴더를 엽니다</translation>
    </message>
    <message>
        <source>Open the folder of a run anywhere, also one on a shared disk that is being trained elsewhere</source>
        <translation>어디에 있든 기록의 폴더를 엽니다. 공유 디스크에서 다른 컴퓨터가 학습 중인 것도 됩니다</translation>
    </message>
    <message>
        <source>Put its model, data and numbers into the panel, to change them and train anew</source>
        <translation>모델, 데이터, 수치를 패널에 넣어 바꾸고 새로 학습합니다</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Set the runs chosen side by side; choose two or more</source>
        <translation>선택한 기록을 나란히 놓습니다. 둘 이상 선택하세요</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>파일 관리자에서 보기</translation>
    </message>
    <message>
        <source>Show its curves and its newest weights; one that is being trained is followed</source>
        <translation>곡선과 가장 새로운 가중치를 표시합니다. 학습 중이면 따라갑니다</translation>
    </message>
    <message>
        <source>Train on where it was left; one that is finished is given more epochs</source>
        <translation>멈춘 곳에서 이어서 학습합니다. 마친 실행에는 에폭을 더합니다</translation>
    </message>
    <message>
        <source>Write a note about it</source>
        <translation>메모를 남깁니다</translation>
    </message>
    <message>
        <source>Write note</source>
        <translation>메모 쓰기</translation>
    </message>
    <message>
        <source>Delete the selected runs; it can be undone</source>
        <translation>선택한 기록을 삭제합니다. 삭제를 취소할 수 있습니다</translation>
    </message>
</context>
<context>
    <name>RunDataPresenter</name>
    <message>
        <source>Read them</source>
        <translation>데이터 읽기</translation>
    </message>
    <message>
        <source>Show where they are…</source>
        <translation>위치 지정…</translation>
    </message>
    <message>
        <source>The data of the run are no longer in {path}.</source>
        <translation>학습 기록의 데이터가 {path} 경로에 없습니다.</translation>
    </message>
    <message>
        <source>The run comes from elsewhere and names {path} as its data.</source>
        <translation>다른 곳에서 온 학습 기록이며 데이터로 {path} 경로를 가리킵니다.</translation>
    </message>
</context>
<context>
    <name>RunDialogs</name>
    <message>
        <source>Arrays (*.npz)</source>
        <translation>배열 (*.npz)</translation>
    </message>
    <message>
        <source>Open the folder of a run</source>
        <translation>학습 기록 폴더 열기</translation>
    </message>
    <message>
        <source>Save the run in this folder</source>
        <translation>이 폴더에 학습 기록 저장</translation>
    </message>
    <message>
        <source>Where the data of the run are now</source>
        <translation>학습 기록의 데이터가 있는 현재 위치</translation>
    </message>
</context>
<context>
    <name>RunName</name>
    <message>
        <source>{model} on {data}</source>
        <translation>{model} · {data}</translation>
    </message>
    <message>
        <source>from {weights}</source>
        <translation>{weights}에서 시작</translation>
    </message>
    <message>
        <source>from {weights} at step {step}</source>
        <translation>{weights} 스텝 {step}에서 시작</translation>
    </message>
    <message>
        <source>{layers} frozen</source>
        <translation>{layers} 고정</translation>
    </message>
    <message>
        <source>rate {value}</source>
        <translation>학습률 {value}</translation>
    </message>
    <message>
        <source>{count:epoch|epochs}</source>
        <translation>에폭 {count}회</translation>
    </message>
    <message>
        <source>batch {count}</source>
        <translation>배치 {count}</translation>
    </message>
    <message>
        <source>momentum {value}</source>
        <translation>모멘텀 {value}</translation>
    </message>
    <message>
        <source>seed {value}</source>
        <translation>시드 {value}</translation>
    </message>
    <message>
        <source>weight decay {value}</source>
        <translation>가중치 감쇠 {value}</translation>
    </message>
    <message>
        <source>validation {percent} %</source>
        <translation>검증 {percent}%</translation>
    </message>
    <message>
        <source>from step {step}</source>
        <translation>스텝 {step}부터</translation>
    </message>
    <message>
        <source>dropout {value}</source>
        <translation>드롭아웃 {value}</translation>
    </message>
    <message>
        <source>cosine schedule</source>
        <translation>코사인 스케줄</translation>
    </message>
    <message>
        <source>constant rate</source>
        <translation>고정 학습률</translation>
    </message>
    <message>
        <source>flips and crops</source>
        <translation>반전·자르기</translation>
    </message>
    <message>
        <source>varied handwriting</source>
        <translation>손글씨 변형</translation>
    </message>
    <message>
        <source>no augmentation</source>
        <translation>증강 없음</translation>
    </message>
    <message>
        <source>epochs {value}</source>
        <translation>에폭 {value}</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>{count:epoch|epochs}</source>
        <translation>{count} 에폭</translation>
    </message>
    <message>
        <source>{done} of {count:epoch|epochs}</source>
        <translation>{done}/{count} 에폭</translation>
    </message>
</context>
<context>
    <name>RunStoragePresenter</name>
    <message>
        <source>{run} was interrupted in epoch {epoch} of {epochs}.</source>
        <translation>{run}: {epochs}에폭 중 {epoch}번째에서 중단되었습니다.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>다른 곳에 저장…</translation>
    </message>
    <message>
        <source>The run is recorded on disk again.</source>
        <translation>학습 기록을 다시 디스크에 저장합니다.</translation>
    </message>
    <message>
        <source>The run is saved in {folder}.</source>
        <translation>학습 기록을 {folder} 폴더에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>{name}
{folder}
F2 gives it a name of your own.</source>
        <translation>{name}
{folder}
F2를 누르면 이름을 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>All its epochs are done: Continue asks for more.</source>
        <translation>모든 에폭을 마쳤습니다. [이어서 학습]을 클릭하면 에폭 수를 더 묻습니다.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>It ended without having been stopped: Continue takes it up where it was.</source>
        <translation>중지하지 않았는데 끝났습니다. [이어서 학습]을 클릭하면 그 지점부터 학습합니다.</translation>
    </message>
    <message>
        <source>It is being trained, here or by another process: open it to watch.</source>
        <translation>여기서나 다른 프로세스에서 학습 중입니다. 열면 지켜볼 수 있습니다.</translation>
    </message>
    <message>
        <source>It is on the screen.</source>
        <translation>화면에 보이는 실행입니다.</translation>
    </message>
    <message>
        <source>Its training waits: Continue in Train goes on with it.</source>
        <translation>학습이 기다리고 있습니다. 학습의 계속 버튼이 이어 갑니다.</translation>
    </message>
    <message>
        <source>It was stopped before its last epoch: Continue takes it up where it was.</source>
        <translation>마지막 에폭 전에 중지했습니다. [이어서 학습]을 클릭하면 그 지점부터 학습합니다.</translation>
    </message>
    <message>
        <source>Learning rate {rate:g}, momentum {momentum:g}, batch size {batch:,}, seed {seed}</source>
        <translation>학습률 {rate:g}, 모멘텀 {momentum:g}, 배치 크기 {batch:,}, 시드 {seed}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>No epoch is complete yet.</source>
        <translation>아직 마친 에폭이 없습니다.</translation>
    </message>
    <message>
        <source>None: the loss of this network is not a finite number.</source>
        <translation>없음: 이 네트워크의 손실이 유한한 수가 아닙니다.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Of the images held out for validation.</source>
        <translation>검증용으로 떼어 둔 이미지에 대한 값입니다.</translation>
    </message>
    <message>
        <source>Of the test images.</source>
        <translation>테스트 이미지에 대한 값입니다.</translation>
    </message>
    <message>
        <source>Shift+F2 writes a note.</source>
        <translation>Shift+F2로 메모를 씁니다.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>running</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>{percent} % val.</source>
        <translation>{percent}% 검증</translation>
    </message>
    <message>
        <source>{run}, on the screen</source>
        <translation>{run}, 화면에 있음</translation>
    </message>
    <message>
        <source>{state}, not exact</source>
        <translation>{state}, 정확히 재현되지 않음</translation>
    </message>
    <message>
        <source>{step:step|steps}; {snapshots:snapshot is|snapshots are} kept.</source>
        <translation>{step:,}스텝, 저장된 시점 {snapshots:,}개.</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>loss not finite</source>
        <translation>손실이 유한하지 않음</translation>
    </message>
</context>
<context>
    <name>RunsPresenter</name>
    <message>
        <source>The panel has the configuration of {run}: change it, and start a new run.</source>
        <translation>{run} 기록의 설정을 학습 패널에 넣었습니다. 바꾼 뒤 새로 학습하세요.</translation>
    </message>
    <message>
        <source>There is nothing to undo in the list of runs.</source>
        <translation>기록 목록에 취소할 변경이 없습니다.</translation>
    </message>
    <message>
        <source>The run {run} is back.</source>
        <translation>{run} 기록을 복원했습니다.</translation>
    </message>
    <message>
        <source>The run {run} is deleted.</source>
        <translation>{run} 기록을 삭제했습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>{count:run is|runs are} back.</source>
        <translation>기록 {count}개를 복원했습니다.</translation>
    </message>
    <message>
        <source>{count:run is|runs are} deleted.</source>
        <translation>기록 {count}개를 삭제했습니다.</translation>
    </message>
</context>
<context>
    <name>RunsView</name>
    <message>
        <source>Every training becomes a run and is listed here, with its curves, its weights over time and the step from which it can be continued. Press Train, or open the folder of a run that was trained elsewhere.
{folder}</source>
        <translation>학습할 때마다 학습 기록이 하나 생기며 곡선, 시간에 따른 가중치, 이어서 학습할 스텝과 함께 여기에 표시됩니다. [학습]을 클릭하거나, 다른 곳에서 학습한 기록의 폴더를 여세요.
{folder}</translation>
    </message>
    <message>
        <source>More that can be done with runs</source>
        <translation>기록으로 할 수 있는 다른 작업</translation>
    </message>
    <message>
        <source>No run has “{words}” in its name, note, model, data or state.</source>
        <translation>이름, 메모, 모델, 데이터, 상태에 “{words}” 검색어가 든 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Open the folder of a run</source>
        <translation>학습 기록 폴더 열기</translation>
    </message>
    <message>
        <source>Return opens a run, F2 names it; a click on a column&apos;s head sorts</source>
        <translation>Enter는 기록 열기, F2는 이름 바꾸기. 열 머리를 클릭하면 정렬합니다</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>학습 기록</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>기록 검색</translation>
    </message>
    <message>
        <source>Words of the name, the note, the model, the data or the state</source>
        <translation>이름, 메모, 모델, 데이터, 상태에 있는 말</translation>
    </message>
    <message>
        <source>{count:run|runs}, {size}</source>
        <translation>기록 {count}개, {size}</translation>
    </message>
    <message>
        <source>Tick two to six runs to compare them; Return opens a run</source>
        <translation>비교할 기록을 2~6개 선택하세요. Return 키는 기록을 엽니다</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Show the runs as a narrow list, beside what is compared</source>
        <translation>기록을 좁은 목록으로, 비교 결과 옆에 표시합니다</translation>
    </message>
    <message>
        <source>Show all that is known of the runs as a table</source>
        <translation>기록의 모든 정보를 표로 표시합니다</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>외 {count}개</translation>
    </message>
</context>
<context>
    <name>SampleBrowser</name>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Progress of the predictions</source>
        <translation>예측 진행률</translation>
    </message>
    <message>
        <source>The model has changed since it predicted these images.</source>
        <translation>이 이미지들을 예측한 뒤 모델이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>The model is predicting all {count:image|images}…</source>
        <translation>이미지 {count}장을 모두 예측하는 중…</translation>
    </message>
    <message>
        <source>The model predicts every one of these images correctly.</source>
        <translation>이 이미지의 예측은 모두 정답입니다.</translation>
    </message>
    <message>
        <source>There is no image of this class here.</source>
        <translation>여기에는 이 클래스의 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{shown} of {total:image|images}</source>
        <translation>이미지 {total}장 중 {shown}장</translation>
    </message>
    <message>
        <source>{title}: {total:image|images}</source>
        <translation>{title}: 이미지 {total}장</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close the images</source>
        <translation>이미지 목록 닫기</translation>
    </message>
    <message>
        <source>Keep the image that is shown (Esc)</source>
        <translation>지금 이미지를 그대로 둡니다 (Esc)</translation>
    </message>
    <message>
        <source>No data set is loaded. Choose one in Train.</source>
        <translation>불러온 데이터셋이 없습니다. 학습에서 선택하세요.</translation>
    </message>
    <message>
        <source>Loading the data set…</source>
        <translation>데이터셋을 불러오는 중…</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>#{index} · true class {label}</source>
        <translation>#{index} · 정답 {label}</translation>
    </message>
    <message>
        <source>#{index} · true class {label}, predicted {read}</source>
        <translation>#{index} · 정답 {label}, 예측 {read}</translation>
    </message>
</context>
<context>
    <name>SamplePicture</name>
    <message>
        <source>Image of the data set</source>
        <translation>데이터셋의 이미지</translation>
    </message>
</context>
<context>
    <name>SandboxControls</name>
    <message>
        <source>Added to every cell of the output.</source>
        <translation>출력의 모든 칸에 더합니다.</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>평균 풀링</translation>
    </message>
    <message>
        <source>Average pooling has no dilation: it averages neighbouring cells without gaps.</source>
        <translation>평균 풀링에는 팽창이 없습니다. 이웃한 칸을 빈틈없이 평균합니다.</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>Blur (mean)</source>
        <translation>흐리게 (평균)</translation>
    </message>
    <message>
        <source>Cells added around the input: zeros, and for max and min pooling −∞ and ∞, which never win.</source>
        <translation>입력 둘레에 더하는 칸: 0이며, 최대·최소 풀링에서는 선택되지 않는 −∞와 ∞입니다.</translation>
    </message>
    <message>
        <source>Channel (in)</source>
        <translation>채널 (입력)</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>합성곱</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>팽창</translation>
    </message>
    <message>
        <source>Dilation across</source>
        <translation>가로 팽창</translation>
    </message>
    <message>
        <source>Dilation down</source>
        <translation>세로 팽창</translation>
    </message>
    <message>
        <source>Distance of the cells that the window reads; 1 reads neighbours.</source>
        <translation>윈도가 읽는 칸 사이의 거리. 1이면 이웃한 칸을 읽습니다.</translation>
    </message>
    <message>
        <source>Edges, all directions</source>
        <translation>경계, 모든 방향</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>엠보스</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>가우시안 흐림</translation>
    </message>
    <message>
        <source>How far the window moves.</source>
        <translation>윈도가 움직이는 간격.</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>항등</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Kernel (out)</source>
        <translation>커널 (출력)</translation>
    </message>
    <message>
        <source>Kernel columns</source>
        <translation>커널 열</translation>
    </message>
    <message>
        <source>Kernel rows</source>
        <translation>커널 행</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>커널 크기</translation>
    </message>
    <message>
        <source>Laplacian</source>
        <translation>라플라시안</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>최대 풀링</translation>
    </message>
    <message>
        <source>Min pooling</source>
        <translation>최소 풀링</translation>
    </message>
    <message>
        <source>Of the model: {layer}</source>
        <translation>모델의 {layer}</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>연산</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>Padding above, below</source>
        <translation>위아래 패딩</translation>
    </message>
    <message>
        <source>Padding left, right</source>
        <translation>좌우 패딩</translation>
    </message>
    <message>
        <source>Rows and columns apart</source>
        <translation>행·열 따로</translation>
    </message>
    <message>
        <source>Rows and columns of the window.</source>
        <translation>윈도의 행과 열 수.</translation>
    </message>
    <message>
        <source>Set size, stride, padding and dilation for rows and columns separately.</source>
        <translation>크기, 스트라이드, 패딩, 팽창을 행과 열에 따로 정합니다.</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>선명하게</translation>
    </message>
    <message>
        <source>Sobel, horizontal edges</source>
        <translation>소벨, 가로 경계</translation>
    </message>
    <message>
        <source>Sobel, vertical edges</source>
        <translation>소벨, 세로 경계</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>스트라이드</translation>
    </message>
    <message>
        <source>Stride across</source>
        <translation>가로 스트라이드</translation>
    </message>
    <message>
        <source>Stride down</source>
        <translation>세로 스트라이드</translation>
    </message>
    <message>
        <source>Well-known kernels, and those of the loaded model.</source>
        <translation>잘 알려진 커널과 불러온 모델의 커널.</translation>
    </message>
    <message>
        <source>What is computed from the cells under the window.</source>
        <translation>윈도 아래의 칸으로 계산하는 것.</translation>
    </message>
    <message>
        <source>Which input channel of that kernel.</source>
        <translation>그 커널의 입력 채널.</translation>
    </message>
    <message>
        <source>Which output channel of the model&apos;s layer.</source>
        <translation>모델 층의 출력 채널.</translation>
    </message>
    <message>
        <source>Window columns</source>
        <translation>윈도 열</translation>
    </message>
    <message>
        <source>Window rows</source>
        <translation>창 행</translation>
    </message>
    <message>
        <source>Window size</source>
        <translation>창 크기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Bias, rows and columns apart, size of the input, brush, random input, loop</source>
        <translation>편향, 행·열 따로, 입력 크기, 브러시, 난수 입력, 반복</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>사용자 지정</translation>
    </message>
</context>
<context>
    <name>SandboxPage</name>
    <message>
        <source>Convolution sandbox</source>
        <translation>합성곱 실험실</translation>
    </message>
    <message>
        <source>Formula and arithmetic</source>
        <translation>수식과 계산</translation>
    </message>
    <message>
        <source>Input {size}</source>
        <translation>입력 {size}</translation>
    </message>
    <message>
        <source>Input {size}, padded {padded}</source>
        <translation>입력 {size}, 패딩 후 {padded}</translation>
    </message>
    <message>
        <source>Output {size}</source>
        <translation>출력 {size}</translation>
    </message>
    <message>
        <source>Settings of the sandbox</source>
        <translation>실험실 설정</translation>
    </message>
</context>
<context>
    <name>SearchControls</name>
    <message>
        <source>one step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>many steps</source>
        <translation>여러 스텝</translation>
    </message>
    <message>
        <source>To {goal}, {how}</source>
        <translation>→ {goal}, {how}</translation>
    </message>
    <message>
        <source>From {name} to {goal}, {how}</source>
        <translation>{name} → {goal}, {how}</translation>
    </message>
    <message>
        <source>{goal}, as asked</source>
        <translation>{goal}, 질문대로</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Which class the changed picture is to be predicted as. “As asked” follows the question above: from the class predicted to the other one.</source>
        <translation>변경된 이미지가 예측될 클래스입니다. ‘질문대로’는 위의 질문을 따릅니다: 예측된 클래스에서 다른 클래스로 바꿉니다.</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>Fast gradient sign method (FGSM): every value goes by ε in the direction in which the loss rises; towards a chosen class, falls</source>
        <translation>FGSM(fast gradient sign method): 모든 값을 손실이 커지는 방향으로 ε만큼 바꿉니다. 목표 클래스를 선택하면 그 손실이 작아지는 방향입니다</translation>
    </message>
    <message>
        <source>Many steps</source>
        <translation>여러 스텝</translation>
    </message>
    <message>
        <source>Projected gradient descent (PGD): 20 small steps, after each back to within ε of the image; the best is kept, and it is never worse than one step</source>
        <translation>PGD(projected gradient descent): 작은 스텝을 20번 밟고, 매번 이미지에서 ε 이내로 되돌립니다. 가장 좋은 것을 남기므로 한 스텝보다 나쁘지 않습니다</translation>
    </message>
    <message>
        <source>Method of the search</source>
        <translation>찾는 방법</translation>
    </message>
    <message>
        <source>to</source>
        <translation>목표</translation>
    </message>
    <message>
        <source>Class to be predicted</source>
        <translation>예측시킬 클래스</translation>
    </message>
    <message>
        <source>Grey levels</source>
        <translation>밝기 단계</translation>
    </message>
    <message>
        <source>Largest change of a value, in grey levels</source>
        <translation>값 하나의 최대 변화(밝기 단계)</translation>
    </message>
    <message>
        <source>No value of the picture changes by more than so many of its 255 grey levels</source>
        <translation>이미지의 어떤 값도 밝기 255단계 중 이보다 많이 바뀌지 않습니다</translation>
    </message>
    <message>
        <source>Smallest found</source>
        <translation>최소 변화 찾기</translation>
    </message>
    <message>
        <source>Search the smallest change</source>
        <translation>가장 작은 변화 찾기</translation>
    </message>
    <message>
        <source>Tries every number of grey levels from 0 to 16; beyond that it doubles, then halves the distance</source>
        <translation>0에서 16까지 모든 밝기 단계를 시험하고, 그 뒤에는 두 배씩 늘린 다음 절반씩 좁힙니다</translation>
    </message>
    <message>
        <source>any other</source>
        <translation>다른 아무 클래스</translation>
    </message>
</context>
<context>
    <name>SelectionPresenter</name>
    <message>
        <source>{data} is shown instead of {own}: {why}</source>
        <translation>{own} 데이터 대신 {data} 데이터를 표시합니다. {why}</translation>
    </message>
    <message>
        <source>Loading the data set…</source>
        <translation>데이터셋을 불러오는 중…</translation>
    </message>
    <message>
        <source>Preparing the weights of {model}…</source>
        <translation>{model}의 가중치를 준비하는 중…</translation>
    </message>
    <message>
        <source>The download is complete and checked.</source>
        <translation>다운로드를 마치고 확인했습니다.</translation>
    </message>
</context>
<context>
    <name>SlidePane</name>
    <message>
        <source>The sliding window</source>
        <translation>슬라이딩 윈도</translation>
    </message>
    <message>
        <source>{map}, pixels</source>
        <translation>{map}, 픽셀</translation>
    </message>
    <message>
        <source>Point at a map, or drag on it: the window moves there. Click a cell that is read: see how it came about. Arrow keys move the window by one place, with Shift to another map, with Ctrl to the layer on the left or right in the network; the other arrow then leads back to the same place.</source>
        <translation>맵을 가리키거나 드래그하면 윈도가 그곳으로 이동합니다. 입력 칸을 클릭하면 그 값의 계산 과정을 표시합니다. 화살표 키는 윈도를 한 칸 옮깁니다. Shift와 함께 다른 맵으로, Ctrl과 함께 네트워크의 왼쪽이나 오른쪽 층으로 가고, 반대 화살표로 되돌아오면 같은 칸입니다.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>The input&apos;s row {row}, column {col} is read by no window: it is left out.</source>
        <translation>입력의 행 {row}, 열 {col} 값은 어느 윈도에도 들지 않아 빠집니다.</translation>
    </message>
    <message>
        <source>The input&apos;s row {row}, column {col} is read by {count} of the output&apos;s cells.</source>
        <translation>입력의 행 {row}, 열 {col} 값은 출력 {count}칸의 계산에 쓰입니다.</translation>
    </message>
    <message>
        <source>The window of output row {row}, column {col}.</source>
        <translation>출력 행 {row}, 열 {col}의 윈도.</translation>
    </message>
    <message>
        <source>This padding cell is read by {count} of the output&apos;s cells.</source>
        <translation>이 패딩 칸은 출력 {count}칸의 계산에 쓰입니다.</translation>
    </message>
</context>
<context>
    <name>SteeringPresenter</name>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>End of the curves</source>
        <translation>곡선의 끝</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>마지막 스텝</translation>
    </message>
    <message>
        <source>Step {step}, a batch of {count}: loss {before} before it, {correct} correct</source>
        <translation>스텝 {step}, 배치 {count}장: 갱신 전 손실 {before}, 정답 {correct}장</translation>
    </message>
    <message>
        <source>Step {step}, a batch of {count}: loss {before} → {after}, correct {correct} → {now}</source>
        <translation>스텝 {step}, 배치 {count}장: 손실 {before} → {after}, 정답 {correct} → {now}</translation>
    </message>
    <message>
        <source>dropout on, the same channels both times</source>
        <translation>드롭아웃 켜짐, 두 번 모두 같은 채널</translation>
    </message>
    <message>
        <source>largest change in {layer} ({percent} %)</source>
        <translation>가장 크게 바뀐 층: {layer} ({percent}%)</translation>
    </message>
    <message>
        <source>Step {step}: loss {loss} (smoothed {smooth})</source>
        <translation>스텝 {step}: 손실 {loss} (평활화 {smooth})</translation>
    </message>
    <message>
        <source>accuracy {accuracy} (smoothed {smooth})</source>
        <translation>정확도 {accuracy} (평활화 {smooth})</translation>
    </message>
    <message>
        <source>Step {step}: the loss is not a number</source>
        <translation>스텝 {step}: 손실이 수가 아닙니다</translation>
    </message>
    <message>
        <source>validation after epoch {epoch}: loss {loss}, accuracy {accuracy}</source>
        <translation>에폭 {epoch} 뒤의 검증: 손실 {loss}, 정확도 {accuracy}</translation>
    </message>
    <message>
        <source>Step on the screen</source>
        <translation>화면의 스텝</translation>
    </message>
    <message>
        <source>Step at the pointer</source>
        <translation>포인터 위치의 스텝</translation>
    </message>
</context>
<context>
    <name>StepFields</name>
    <message>
        <source>batch </source>
        <translation>배치 </translation>
    </message>
    <message>
        <source>How many images the gradient is the mean of: this one and others of the data set</source>
        <translation>기울기를 몇 장에 대해 평균하는지: 이 이미지와 데이터셋의 다른 이미지</translation>
    </message>
    <message>
        <source>learning rate η </source>
        <translation>학습률 η </translation>
    </message>
    <message>
        <source>momentum μ </source>
        <translation>모멘텀 μ </translation>
    </message>
    <message>
        <source>weight decay λ </source>
        <translation>가중치 감쇠 λ </translation>
    </message>
    <message>
        <source>Learning rate η of the step</source>
        <translation>이 스텝의 학습률 η</translation>
    </message>
    <message>
        <source>Momentum μ of the step</source>
        <translation>이 스텝의 모멘텀 μ</translation>
    </message>
    <message>
        <source>Weight decay λ of the step</source>
        <translation>이 스텝의 가중치 감쇠 λ</translation>
    </message>
</context>
<context>
    <name>StepLabel</name>
    <message>
        <source>validation {percent} %</source>
        <translation>검증 {percent}%</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>epoch {epoch}</source>
        <translation>에폭 {epoch}</translation>
    </message>
    <message>
        <source>batch loss {loss}</source>
        <translation>배치 손실 {loss}</translation>
    </message>
</context>
<context>
    <name>StepMaps</name>
    <message>
        <source>this map</source>
        <translation>이 맵</translation>
    </message>
    <message>
        <source>guided backprop</source>
        <translation>가이드 역전파</translation>
    </message>
    <message>
        <source>edge detector</source>
        <translation>윤곽선 검출기</translation>
    </message>
    <message>
        <source>Maps at this step</source>
        <translation>이 단계의 맵</translation>
    </message>
</context>
<context>
    <name>StepWriter</name>
    <message>
        <source>x is the logarithm of the softmax, so exp(x) is the softmax.</source>
        <translation>x는 소프트맥스의 로그이므로 exp(x)는 소프트맥스입니다.</translation>
    </message>
    <message>
        <source>The arithmetic of {function} is not supported: PyTorch computed it again in double precision.</source>
        <translation>{function} 연산의 수식은 지원하지 않습니다. PyTorch가 배정밀도로 다시 계산했습니다.</translation>
    </message>
    <message>
        <source>{first} to {last} are {layer}&apos;s</source>
        <translation>{first}~{last}번은 {layer}의 맵</translation>
    </message>
    <message>
        <source>Concatenation puts maps behind one another and changes no value. Of its {n} maps {parts}.</source>
        <translation>이어 붙이기는 맵을 차례로 늘어놓을 뿐 값은 바꾸지 않습니다. 맵 {n}개 가운데 {parts}입니다.</translation>
    </message>
    <message>
        <source>{shortcut} came here along the shortcut, unchanged; the layers beside it made {other} of it. That is a residual block.</source>
        <translation>{shortcut} 값은 스킵 연결을 따라 그대로 왔고, 옆의 층들은 그 값으로 {other} 값을 만들었습니다. 이것이 잔차 블록입니다.</translation>
    </message>
    <message>
        <source>So these layers need only learn what to change in their input, and going back the gradient reaches it along the shortcut undiminished.</source>
        <translation>그래서 이 층들은 입력에서 바꿀 것만 학습하면 되고, 역전파에서는 기울기가 스킵 연결을 따라 줄어들지 않고 입력에 닿습니다.</translation>
    </message>
    <message>
        <source>pixel − mean</source>
        <translation>픽셀 − 평균</translation>
    </message>
    <message>
        <source>pixel, 0 to 1</source>
        <translation>픽셀(0~1)</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>Mean and standard deviation are those of the training images: the model sees pixels around 0.</source>
        <translation>평균과 표준편차는 학습 이미지에서 구한 값입니다. 모델의 입력은 0 주변의 값이 됩니다.</translation>
    </message>
    <message>
        <source>Looked up in a learned table: the row is the number that came in.</source>
        <translation>학습된 표에서 찾은 값입니다. 행은 입력된 정수입니다.</translation>
    </message>
    <message>
        <source>A constant that stands beside the values: padding, or written in the model.</source>
        <translation>값 옆에 놓인 상수입니다. 패딩이거나 모델에 적힌 값입니다.</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>상수</translation>
    </message>
    <message>
        <source>sum of {n:product|products}</source>
        <translation>곱 {n}개의 합</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>No value of {layer} is written to this place.</source>
        <translation>이 위치에는 {layer} 층의 값이 쓰이지 않습니다.</translation>
    </message>
    <message>
        <source>running mean μ</source>
        <translation>이동 평균 μ</translation>
    </message>
    <message>
        <source>normalised</source>
        <translation>정규화한 값</translation>
    </message>
    <message>
        <source>σ² = {variance} is the running variance of channel {channel}; ε = {epsilon} keeps the divisor from 0.</source>
        <translation>σ² = {variance}: 채널 {channel}의 이동 분산. ε = {epsilon}: 0으로 나누지 않게 하는 값입니다.</translation>
    </message>
    <message>
        <source>μ and σ² come from the training; γ and β are learned.</source>
        <translation>μ와 σ²은 학습 중에 구한 값이고, γ와 β는 학습되는 값입니다.</translation>
    </message>
    <message>
        <source>while predicting, dropout is off</source>
        <translation>예측할 때는 드롭아웃이 꺼져 있습니다</translation>
    </message>
    <message>
        <source>A learned parameter of the model that stands beside the values.</source>
        <translation>값 옆에 있는, 모델이 학습한 매개변수입니다.</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>학습된 값</translation>
    </message>
    <message>
        <source>in training step {n}, were this image its batch (seed {seed})</source>
        <translation>이 이미지가 배치라면 학습 스텝 {n}에서(시드 {seed})</translation>
    </message>
    <message>
        <source>{device} draws other numbers than the processor: not supported</source>
        <translation>{device} 장치의 난수는 CPU와 달라 지원하지 않습니다</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>유지됨</translation>
    </message>
    <message>
        <source>dropped with its whole map</source>
        <translation>맵 전체가 버려짐</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>버려짐</translation>
    </message>
    <message>
        <source>p = {p} is the probability of being dropped; 1 ÷ (1 − p) keeps the mean as it is.</source>
        <translation>p = {p}: 버려질 확률. 1 ÷ (1 − p)를 곱해 평균을 유지합니다.</translation>
    </message>
    <message>
        <source>The value only changes its place.</source>
        <translation>값의 위치만 바뀝니다.</translation>
    </message>
    <message>
        <source>index = (channel × {height} + row) × {width} + column</source>
        <translation>인덱스 = (채널 × {height} + 행) × {width} + 열</translation>
    </message>
    <message>
        <source>σ(b) = 1 / (1 + exp(−b)) lies between 0 and 1: how much of the first half passes.</source>
        <translation>σ(b) = 1 / (1 + exp(−b)): 0과 1 사이의 값으로, 앞쪽 절반이 통과하는 정도입니다.</translation>
    </message>
    <message>
        <source>The larger of both is taken.</source>
        <translation>둘 중 큰 값을 선택합니다.</translation>
    </message>
    <message>
        <source>The smaller of both is taken.</source>
        <translation>둘 중 작은 값을 선택합니다.</translation>
    </message>
    <message>
        <source>Every value of one map and the value at the same place of the other are added.</source>
        <translation>두 맵에서 같은 위치의 값끼리 더합니다.</translation>
    </message>
    <message>
        <source>So both inputs must have the same shape, here {shape}.</source>
        <translation>따라서 두 입력의 형태가 같아야 합니다(여기서는 {shape}).</translation>
    </message>
    <message>
        <source>Where one input has the size 1 along a direction, its value is used all along it.</source>
        <translation>한 입력의 크기가 1인 방향으로는 그 값을 반복해서 사용합니다.</translation>
    </message>
    <message>
        <source>{shortcut} came here along the shortcut. Its layers (ResNet calls them downsample) only fit the block&apos;s input to the size of {other}, which the other layers made of the same input. That is a residual block.</source>
        <translation>{shortcut} 값은 스킵 연결을 따라 왔습니다. 스킵 연결의 층들(ResNet에서는 downsample이라고 부름)은 블록의 입력 크기를 {other}의 크기에 맞추기만 하고, {other} 값은 나머지 층들이 같은 입력으로 만들었습니다. 이것이 잔차 블록입니다.</translation>
    </message>
    <message>
        <source>So these layers need only learn what to change, and going back the gradient reaches the block&apos;s input through the few layers of the shortcut.</source>
        <translation>그래서 이 층들은 바꿀 것만 학습하면 되고, 역전파에서는 기울기가 스킵 연결의 몇 층만 거쳐 블록의 입력에 닿습니다.</translation>
    </message>
    <message>
        <source>The condition holds here: the first value is taken.</source>
        <translation>여기서는 조건이 참이므로 첫 번째 값을 선택합니다.</translation>
    </message>
    <message>
        <source>The condition does not hold here: the second value is taken.</source>
        <translation>여기서는 조건이 거짓이므로 두 번째 값을 선택합니다.</translation>
    </message>
    <message>
        <source>score x</source>
        <translation>점수 x</translation>
    </message>
    <message>
        <source>score: minus the value</source>
        <translation>점수: 값의 부호를 바꾼 수</translation>
    </message>
    <message>
        <source>m, largest score</source>
        <translation>m, 최대 점수</translation>
    </message>
    <message>
        <source>Subtracting the largest score m changes no result: no exponential overflows then.</source>
        <translation>최대 점수 m을 빼도 결과는 같고, exp 값이 오버플로하지 않습니다.</translation>
    </message>
    <message>
        <source>The label is {label}: only the probability of this class counts.</source>
        <translation>레이블은 {label}입니다. 이 클래스의 확률만 손실에 쓰입니다.</translation>
    </message>
    <message>
        <source>The loss is 0 where it is 1, and grows without end as it goes to 0.</source>
        <translation>확률이 1이면 손실은 0이고, 0에 가까워질수록 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>log p of class {label}</source>
        <translation>클래스 {label}의 log p</translation>
    </message>
    <message>
        <source>score of class {label}</source>
        <translation>클래스 {label}의 점수</translation>
    </message>
    <message>
        <source>muted by you</source>
        <translation>사용자가 끔</translation>
    </message>
    <message>
        <source>The channel is muted: its mean over the data stands in place of all its values.</source>
        <translation>끈 채널입니다. 모든 값 대신 데이터에 대한 채널 평균을 사용합니다.</translation>
    </message>
    <message>
        <source>The channel is muted: 0 stands in place of all its values.</source>
        <translation>끈 채널입니다. 모든 값 대신 0을 사용합니다.</translation>
    </message>
    <message>
        <source>Without the mute: {value}.</source>
        <translation>끄지 않았을 때의 값: {value}.</translation>
    </message>
    <message>
        <source>x is {start}; F is {around}.</source>
        <translation>x: {start}, F: {around}.</translation>
    </message>
    <message>
        <source>x is {start}; F is {around}; S is {along}.</source>
        <translation>x: {start}, F: {around}, S: {along}.</translation>
    </message>
</context>
<context>
    <name>SweepBar</name>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>Choose an earlier sweep</source>
        <translation>이전 스윕을 고릅니다</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Pause the training under way, or resume it</source>
        <translation>진행 중인 학습을 일시정지하거나 계속합니다</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Save the table as a CSV file</source>
        <translation>표를 CSV 파일로 저장합니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop the sweep; Continue resumes it where it was</source>
        <translation>스윕을 중지합니다. [이어서 학습]으로 그 지점부터 계속합니다</translation>
    </message>
    <message>
        <source>Sweep shown</source>
        <translation>보이는 스윕</translation>
    </message>
    <message>
        <source>Train what is left of this sweep; what is finished is not trained again</source>
        <translation>이 스윕의 남은 것을 학습합니다. 마친 것은 다시 학습하지 않습니다</translation>
    </message>
    <message>
        <source>Trainings done</source>
        <translation>마친 학습</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>약 {time} 남음</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>{done} of {total} done</source>
        <translation>{done}/{total} 완료</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>A training is under way: only one runs at a time.</source>
        <translation>학습이 진행 중입니다. 한 번에 하나만 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Batch sizes</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Batch sizes to try, such as 16, 64. Empty: the one of the Train panel.</source>
        <translation>시도할 배치 크기. 예: 16, 64. 비워 두면 학습 패널의 값.</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>How long it takes is known after the first epoch.</source>
        <translation>걸리는 시간은 첫 에폭 뒤에 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>List two values or more in a field to vary it.</source>
        <translation>바꿀 칸에 값을 둘 이상 입력하세요.</translation>
    </message>
    <message>
        <source>Mend the field that is marked.</source>
        <translation>강조된 항목을 수정하세요.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Momentum values</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Momentum values to try, such as 0, 0.9. Empty: the one of the Train panel.</source>
        <translation>시도할 모멘텀. 예: 0, 0.9. 비워 두면 학습 패널의 값.</translation>
    </message>
    <message>
        <source>Passes over the training images in every training.</source>
        <translation>학습마다 학습 이미지를 되풀이하는 횟수입니다.</translation>
    </message>
    <message>
        <source>Rates to try, such as 0.001, 0.01, 0.1. Empty: the one of the Train panel.</source>
        <translation>시도할 학습률. 예: 0.001, 0.01, 0.1. 비워 두면 학습 패널의 값.</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Seeds to try, such as 1-3, to see how much is chance. Empty: the one of the Train panel.</source>
        <translation>시도할 시드. 예: 1-3. 시드에 따른 편차를 표시합니다. 비워 두면 학습 패널의 값.</translation>
    </message>
    <message>
        <source>Start 1 training</source>
        <translation>학습 1회 시작</translation>
    </message>
    <message>
        <source>Start the sweep</source>
        <translation>스윕 시작</translation>
    </message>
    <message>
        <source>Start {n:training|trainings}</source>
        <translation>학습 {n}회 시작</translation>
    </message>
    <message>
        <source>The images it is trained on.</source>
        <translation>학습할 이미지입니다.</translation>
    </message>
    <message>
        <source>The model that is trained again and again.</source>
        <translation>되풀이해서 학습할 모델입니다.</translation>
    </message>
    <message>
        <source>Train every combination, one after the other; all else is as in the Train panel</source>
        <translation>모든 조합을 차례로 학습합니다. 나머지는 학습 패널과 같습니다</translation>
    </message>
    <message>
        <source>about {time} in all</source>
        <translation>모두 약 {time}</translation>
    </message>
</context>
<context>
    <name>SweepModel</name>
    <message>
        <source>Test loss</source>
        <translation>테스트 손실</translation>
    </message>
    <message>
        <source>Loss on the test images at the end: the mean of minus the logarithm of the true class&apos;s probability</source>
        <translation>학습이 끝난 뒤 테스트 이미지의 손실: 정답 클래스 확률의 로그에 음의 부호를 붙인 값의 평균</translation>
    </message>
    <message>
        <source>Accuracy on the test images at the end: how good the choice is</source>
        <translation>끝났을 때의 테스트 정확도. 고른 것이 얼마나 좋은지 말해 줍니다</translation>
    </message>
    <message>
        <source>Accuracy on the validation images after the last epoch done: choose by it</source>
        <translation>마지막으로 마친 에폭 뒤의 검증 정확도. 이 값으로 선택하세요</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Epochs done, of how many</source>
        <translation>마친 에폭 / 전체 에폭</translation>
    </message>
    <message>
        <source>Mom.</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Test %</source>
        <translation>테스트 %</translation>
    </message>
    <message>
        <source>This training waits for its turn.</source>
        <translation>차례를 기다리는 학습입니다.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Time spent training</source>
        <translation>학습에 걸린 시간</translation>
    </message>
    <message>
        <source>Valid. %</source>
        <translation>검증 %</translation>
    </message>
    <message>
        <source>{run}: a click or Enter opens it</source>
        <translation>{run}: 클릭하거나 Enter로 엽니다</translation>
    </message>
</context>
<context>
    <name>SweepPage</name>
    <message>
        <source>Accuracy over the varied quantity</source>
        <translation>바꾼 값에 따른 정확도</translation>
    </message>
    <message>
        <source>Accuracy shown</source>
        <translation>보이는 정확도</translation>
    </message>
    <message>
        <source>Choose by the validation; the test images only say how good the choice is</source>
        <translation>검증으로 선택하세요. 테스트 이미지는 고른 것이 얼마나 좋은지만 말해 줍니다</translation>
    </message>
    <message>
        <source>Every training with its settings and its outcome</source>
        <translation>모든 학습의 설정과 결과</translation>
    </message>
    <message>
        <source>List the values to try, such as learning rates 0.001, 0.01, 0.1: every combination is trained, one after the other, and comes up here as a table and a plot.</source>
        <translation>시도할 값을 입력하세요. 예: 학습률 0.001, 0.01, 0.1. 모든 조합을 차례로 학습하여 여기에 표와 그래프로 표시합니다.</translation>
    </message>
    <message>
        <source>New sweep</source>
        <translation>새 스윕</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>그래프</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>표 저장</translation>
    </message>
    <message>
        <source>Show or hide the fields that describe a new sweep</source>
        <translation>새 스윕을 정하는 칸을 보이거나 감춥니다</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>스윕</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Table or plot</source>
        <translation>표 또는 그래프</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>테스트 정확도</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>검증 정확도</translation>
    </message>
    <message>
        <source>Varied quantity</source>
        <translation>바꾼 값</translation>
    </message>
    <message>
        <source>Which varied quantity stands on the horizontal axis</source>
        <translation>가로축에 놓을 바꾼 값</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>test accuracy (%)</source>
        <translation>테스트 정확도 (%)</translation>
    </message>
    <message>
        <source>validation accuracy (%)</source>
        <translation>검증 정확도 (%)</translation>
    </message>
    <message>
        <source>{quantity} (log)</source>
        <translation>{quantity} (로그)</translation>
    </message>
    <message>
        <source>Train with many settings, one after the other</source>
        <translation>여러 설정으로 차례로 학습</translation>
    </message>
    <message>
        <source>Try three learning rates</source>
        <translation>학습률 3개 비교하기</translation>
    </message>
    <message>
        <source>Write 0.001, 0.01, 0.1 into the field above; nothing is trained yet</source>
        <translation>위 입력란에 0.001, 0.01, 0.1을 입력합니다. 학습은 아직 시작하지 않습니다</translation>
    </message>
</context>
<context>
    <name>SweepPlot</name>
    <message>
        <source>test {percent} %</source>
        <translation>테스트 {percent}%</translation>
    </message>
    <message>
        <source>validation {percent} %</source>
        <translation>검증 {percent}%</translation>
    </message>
</context>
<context>
    <name>SweepPresenter</name>
    <message>
        <source>Compare the best {count}</source>
        <translation>가장 좋은 {count}개 비교</translation>
    </message>
    <message>
        <source>The sweep is complete.</source>
        <translation>스윕을 마쳤습니다.</translation>
    </message>
    <message>
        <source>The sweep is interrupted: Continue trains what is left.</source>
        <translation>스윕이 중단되었습니다. [이어서 학습]으로 남은 학습을 계속합니다.</translation>
    </message>
    <message>
        <source>The data changed since the first trainings of this sweep: {changes}. It can continue with the data as they are now, but its trainings cannot be compared.</source>
        <translation>이 스윕의 첫 학습 이후 데이터가 바뀌었습니다: {changes}. 현재 데이터로 이어서 학습할 수 있지만, 학습 결과를 서로 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>Continue with them</source>
        <translation>현재 데이터로 이어서 학습</translation>
    </message>
</context>
<context>
    <name>SweepTable</name>
    <message>
        <source>A click on a training opens its run; a click on a title sorts</source>
        <translation>학습을 클릭하면 그 기록이 열리고 제목을 클릭하면 정렬합니다</translation>
    </message>
    <message>
        <source>Trainings of the sweep</source>
        <translation>스윕의 학습</translation>
    </message>
</context>
<context>
    <name>TextTab</name>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>Copy the formula</source>
        <translation>수식 복사</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>수식</translation>
    </message>
    <message>
        <source>It reads its numbers from a file: Save writes both.</source>
        <translation>숫자를 파일에서 읽습니다. 저장하면 둘 다 씁니다.</translation>
    </message>
    <message>
        <source>Save the code, and the numbers it reads beside it</source>
        <translation>코드와 함께 읽는 숫자를 옆에 저장</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
</context>
<context>
    <name>ThreePictures</name>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Difference × {times}</source>
        <translation>차이 × {times}</translation>
    </message>
    <message>
        <source>Changed picture</source>
        <translation>바뀐 이미지</translation>
    </message>
    <message>
        <source>Image, difference and changed picture</source>
        <translation>이미지, 차이, 바뀐 이미지</translation>
    </message>
    <message>
        <source>row {row}, col {col}: {value}</source>
        <translation>행 {row}, 열 {col}: {value}</translation>
    </message>
</context>
<context>
    <name>TileSheet</name>
    <message>
        <source>for the first of {count:input channel|input channels}</source>
        <translation>입력 채널 {count}개 중 첫 번째에 대해</translation>
    </message>
    <message>
        <source>maps of {layer}</source>
        <translation>{layer} 특징 맵</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{count}개 중 {shown}개</translation>
    </message>
    <message>
        <source>Kernel {channel} of {layer}</source>
        <translation>{layer} 커널 {channel}</translation>
    </message>
    <message>
        <source>Kernel {channel} of {layer}, for the first of {count:input channel|input channels}</source>
        <translation>{layer}의 커널 {channel}, 입력 채널 {count}개 중 첫 번째에 대해</translation>
    </message>
    <message>
        <source>{words}. A click shows it in Explore.</source>
        <translation>{words}. 클릭하면 탐색에서 표시합니다.</translation>
    </message>
    <message>
        <source>This model has no convolution and no feature maps.</source>
        <translation>이 모델에는 합성곱 층과 특징 맵이 없습니다.</translation>
    </message>
    <message>
        <source>Map {channel} of {layer}</source>
        <translation>{layer} 맵 {channel}</translation>
    </message>
    <message>
        <source>Kernels and feature maps of the weights on the screen</source>
        <translation>화면에 있는 가중치의 커널과 특징 맵</translation>
    </message>
</context>
<context>
    <name>TimeButtons</name>
    <message>
        <source>A training is under way: stop it to begin a new run at this step</source>
        <translation>학습이 진행 중입니다. 이 스텝에서 새 기록을 시작하려면 먼저 학습을 중지하십시오.</translation>
    </message>
    <message>
        <source>Go to an earlier step, then begin a new run there</source>
        <translation>이전 스텝으로 이동한 뒤 그 스텝에서 새 학습을 시작합니다.</translation>
    </message>
    <message>
        <source>Begin a new run with the weights of this step, and choose its settings</source>
        <translation>이 스텝의 가중치로 새 학습을 시작하고 설정을 선택합니다.</translation>
    </message>
    <message>
        <source>Branch here</source>
        <translation>여기서 분기</translation>
    </message>
    <message>
        <source>Branch from step {step}</source>
        <translation>스텝 {step}에서 분기</translation>
    </message>
    <message>
        <source>Pause the playback</source>
        <translation>재생 일시정지</translation>
    </message>
    <message>
        <source>Stop here (Space)</source>
        <translation>여기서 일시정지(스페이스)</translation>
    </message>
    <message>
        <source>Play the run</source>
        <translation>기록 재생</translation>
    </message>
    <message>
        <source>Play the recorded steps (Space): {pace}</source>
        <translation>저장된 스텝 재생(스페이스): {pace}</translation>
    </message>
    <message>
        <source>Previous snapshot</source>
        <translation>이전 시점</translation>
    </message>
    <message>
        <source>Previous snapshot, or previous epoch (Alt+Left)</source>
        <translation>이전 시점 또는 이전 에폭 (Alt+왼쪽)</translation>
    </message>
    <message>
        <source>Next snapshot</source>
        <translation>다음 시점</translation>
    </message>
    <message>
        <source>Next snapshot, or next epoch (Alt+Right)</source>
        <translation>다음 시점 또는 다음 에폭 (Alt+오른쪽)</translation>
    </message>
    <message>
        <source>Go to the newest weights, and follow them (Alt+End)</source>
        <translation>가장 새로운 가중치로 가서 따라갑니다 (Alt+End)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>책갈피</translation>
    </message>
    <message>
        <source>Bookmark this step (Ctrl+M)</source>
        <translation>이 스텝에 이름을 붙여 책갈피를 추가합니다 (Ctrl+M)</translation>
    </message>
    <message>
        <source>How the run is played, best epoch, bookmarks, video</source>
        <translation>재생 방법, 최고 에폭, 책갈피, 동영상</translation>
    </message>
</context>
<context>
    <name>TimeMenu</name>
    <message>
        <source>No epoch of this run has been validated yet.</source>
        <translation>이 기록에는 아직 검증한 에폭이 없습니다.</translation>
    </message>
    <message>
        <source>{count:recorded step|recorded steps} a second</source>
        <translation>초당 기록된 {count}스텝</translation>
    </message>
    <message>
        <source>Begin again at the end.</source>
        <translation>끝에서 처음부터 다시 시작합니다.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>그곳으로</translation>
    </message>
    <message>
        <source>Go there with its drawing</source>
        <translation>저장한 손그림과 함께 그곳으로</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Step {step}: {text}</source>
        <translation>스텝 {step}: {text}</translation>
    </message>
    <message>
        <source>To the untrained network</source>
        <translation>학습 전 신경망으로</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>Duration: {duration}</source>
        <translation>재생 시간: {duration}</translation>
    </message>
    <message>
        <source>Speed: {speed}</source>
        <translation>속도: {speed}</translation>
    </message>
    <message>
        <source>To the best epoch</source>
        <translation>최고 정확도 에폭으로</translation>
    </message>
    <message>
        <source>Go to the epoch with the highest validation accuracy (Alt+Up)</source>
        <translation>검증 정확도가 가장 높은 에폭으로 갑니다 (Alt+위)</translation>
    </message>
    <message>
        <source>By epochs</source>
        <translation>에폭 단위</translation>
    </message>
    <message>
        <source>Step and play by whole epochs, not by every snapshot</source>
        <translation>저장된 시점마다가 아니라 에폭 단위로 이동하고 재생합니다</translation>
    </message>
    <message>
        <source>Video…</source>
        <translation>동영상…</translation>
    </message>
    <message>
        <source>Remove the bookmark</source>
        <translation>책갈피 삭제</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>책갈피</translation>
    </message>
</context>
<context>
    <name>TimeSlider</name>
    <message>
        <source>A drawing is kept with it.</source>
        <translation>손그림이 함께 저장되어 있습니다.</translation>
    </message>
    <message>
        <source>End of epoch {epoch}</source>
        <translation>에폭 {epoch}의 끝</translation>
    </message>
    <message>
        <source>Highest validation accuracy</source>
        <translation>최고 검증 정확도</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
</context>
<context>
    <name>TimelineArea</name>
    <message>
        <source>Back to run {run}</source>
        <translation>{run} 기록으로 돌아가기</translation>
    </message>
    <message>
        <source>Other weights are on the screen: show those of {run} again</source>
        <translation>다른 가중치를 표시하고 있습니다. {run} 기록의 가중치를 다시 표시합니다.</translation>
    </message>
</context>
<context>
    <name>TimelineBar</name>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
    <message>
        <source>Step of the run</source>
        <translation>학습 기록의 스텝</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Workspace</source>
        <translation>작업 공간</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>글자 작게</translation>
    </message>
    <message>
        <source>Make every text and number smaller (Ctrl+-)</source>
        <translation>모든 글자와 숫자를 작게 표시합니다(Ctrl+-)</translation>
    </message>
    <message>
        <source>Text is as large as it can be</source>
        <translation>가장 큰 글자입니다</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>글자 크게</translation>
    </message>
    <message>
        <source>Text is as small as can be read in a window of this height</source>
        <translation>이 높이의 창에서 읽을 수 있는 가장 작은 글자입니다</translation>
    </message>
    <message>
        <source>Make every text and number larger (Ctrl++)</source>
        <translation>모든 글자와 숫자를 크게 표시합니다(Ctrl++)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Preferences, help and more</source>
        <translation>환경설정, 도움말 등</translation>
    </message>
</context>
<context>
    <name>TotalBars</name>
    <message>
        <source>{count}, {learning} with parameters</source>
        <translation>{count}, 매개변수 있는 층 {learning}</translation>
    </message>
    <message>
        <source>Bars are logarithmic and the same for all models: from one tick to the next it is ten times as much. Every operation of the model counts as a layer. Multiply-adds and memory (the values of all layers, in bytes) are those of one image.</source>
        <translation>막대는 로그 눈금이며 모든 모델에 같습니다. 눈금 하나마다 10배입니다. 모델의 모든 연산을 한 층으로 셉니다. 곱셈-덧셈과 메모리(모든 층의 값, 바이트)는 이미지 한 장 기준입니다.</translation>
    </message>
    <message>
        <source>There are layers whose multiply-adds are not known: the model has at least so many.</source>
        <translation>곱셈-덧셈을 알 수 없는 층이 있어 적어도 이만큼입니다.</translation>
    </message>
    <message>
        <source>Totals of {model}</source>
        <translation>{model}의 합계</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>층</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>multiply-adds</source>
        <translation>곱셈-덧셈</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>매개변수</translation>
    </message>
</context>
<context>
    <name>Totals</name>
    <message>
        <source>Every operation counts as a layer, as in Explore. Multiply-adds are those of convolutions and fully connected layers for one image. The memory is what the outputs of all layers take for one image, at 4 bytes a value.</source>
        <translation>탐색에서처럼 모든 연산을 한 층으로 셉니다. 곱셈-덧셈은 이미지 한 장에 대한 합성곱과 완전 연결층의 것입니다. 메모리는 이미지 한 장에 대해 모든 층의 출력이 차지하는 크기이며, 값 하나에 4바이트입니다.</translation>
    </message>
    <message>
        <source>{layers:layer|layers}, {learning} with parameters · {parameters:parameter|parameters} · {work} multiply-adds · {memory} of values</source>
        <translation>층 {layers}개(매개변수 있는 층 {learning}개) · 매개변수 {parameters}개 · 곱셈-덧셈 {work} · 값 {memory}</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>합계</translation>
    </message>
    <message>
        <source>{layers:layer|layers} · {layer} does not fit yet</source>
        <translation>층 {layers}개 · {layer} 층이 아직 맞지 않습니다</translation>
    </message>
</context>
<context>
    <name>TrainActions</name>
    <message>
        <source>Begin a new run with these weights, where wanted with frozen layers; muted channels stay so</source>
        <translation>이 가중치로 새 학습 기록을 시작합니다. 층을 고정할 수 있고, 꺼진 채널은 꺼진 상태로 유지됩니다.</translation>
    </message>
    <message>
        <source>This needs weights that have learned something, and a data set with such images</source>
        <translation>학습된 가중치와 그에 맞는 이미지의 데이터셋이 필요합니다</translation>
    </message>
    <message>
        <source>Continue the newest run</source>
        <translation>최근 기록 이어서 학습</translation>
    </message>
</context>
<context>
    <name>TrainButtons</name>
    <message>
        <source>The images of the data set are not on this computer: download them, or choose another one</source>
        <translation>데이터셋의 이미지가 이 컴퓨터에 없습니다. 다운로드하거나 다른 데이터셋을 선택하세요</translation>
    </message>
    <message>
        <source>Begin a new run with the weights of step {step}; its numbers are asked for first</source>
        <translation>스텝 {step}의 가중치로 새 기록을 시작합니다. 설정을 먼저 묻습니다</translation>
    </message>
    <message>
        <source>Branch from step {step}…</source>
        <translation>스텝 {step}에서 분기…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>이어서 학습</translation>
    </message>
    <message>
        <source>Continue at step {step}</source>
        <translation>스텝 {step}부터 이어서 학습</translation>
    </message>
    <message>
        <source>End here and keep the weights as they are (Ctrl+Shift+T)</source>
        <translation>여기서 끝내고 지금 가중치를 그대로 둡니다(Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>End this training and the sweep; Continue on its page resumes it</source>
        <translation>이 학습과 스윕을 끝냅니다. 스윕 페이지의 [이어서 학습]으로 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>첫 스텝</translation>
    </message>
    <message>
        <source>Continue {run} at step {step}, to the end of epoch {epoch}, with the run&apos;s own numbers</source>
        <translation>{run} 기록을 스텝 {step}부터 {epoch}에폭 끝까지 그 기록의 설정으로 이어서 학습합니다</translation>
    </message>
    <message>
        <source>Learn exactly one batch, step {step} of {run}, then wait (Ctrl+.)</source>
        <translation>정확히 한 배치({run}의 스텝 {step})를 학습하고 기다립니다(Ctrl+.)</translation>
    </message>
    <message>
        <source>Learn exactly one batch, then wait (Ctrl+.)</source>
        <translation>정확히 한 배치만 학습하고 기다립니다(Ctrl+.)</translation>
    </message>
    <message>
        <source>Learn the first batch of a new run, from new random weights, then wait (Ctrl+.)</source>
        <translation>새 난수 가중치에서 시작하는 새 기록의 첫 배치를 학습하고 기다립니다(Ctrl+.)</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>새로 학습</translation>
    </message>
    <message>
        <source>No run is shown: train, or open one from the list of runs</source>
        <translation>표시된 학습 기록이 없습니다. 학습하거나 목록에서 기록을 여세요</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Back to run {run}</source>
        <translation>{run} 기록으로 돌아가기</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>스텝 {step}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop sweep</source>
        <translation>스윕 중지</translation>
    </message>
    <message>
        <source>The checkpoint of {run} is missing or damaged: branch from one of its steps instead</source>
        <translation>{run} 기록의 체크포인트가 없거나 손상되었습니다. 대신 그 기록의 스텝에서 분기하세요</translation>
    </message>
    <message>
        <source>The model and the data set chosen cannot be used: what is wrong stands beside them</source>
        <translation>선택한 모델과 데이터셋을 사용할 수 없습니다. 이유는 해당 항목 아래에 있습니다</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train from new random weights, drawn from the seed (Ctrl+T)</source>
        <translation>시드로 만든 새 난수 가중치에서 학습합니다(Ctrl+T)</translation>
    </message>
    <message>
        <source>Train {count:more epoch|more epochs}</source>
        <translation>{count}에폭 더 학습</translation>
    </message>
    <message>
        <source>Train {model} as a new run: from new random weights, not from those on the screen (Ctrl+T)</source>
        <translation>{model} 모델을 새 기록으로 학습합니다. 화면의 가중치가 아니라 새 난수 가중치에서 시작합니다(Ctrl+T)</translation>
    </message>
    <message>
        <source>Wait at the next step; the weights stay as they are (Ctrl+P)</source>
        <translation>다음 스텝에서 기다립니다. 가중치는 그대로입니다(Ctrl+P)</translation>
    </message>
    <message>
        <source>Other weights than those of {run} are on the screen: go back to it first</source>
        <translation>화면에 {run} 기록이 아닌 다른 가중치가 있습니다. 먼저 그 기록으로 돌아가세요</translation>
    </message>
    <message>
        <source>{run} has failed: continue at step {step}, after its last checkpoint. It fails again unless the learning rate is lowered, which Step leaves time for</source>
        <translation>실패한 기록: {run}. 마지막 체크포인트 다음인 스텝 {step}부터 이어서 학습합니다. 학습률을 낮추지 않으면 다시 실패하므로, 한 스텝을 학습하고 기다리는 동안 낮추세요</translation>
    </message>
    <message>
        <source>{run} has learned all its epochs: only its test images are left to be evaluated</source>
        <translation>{run} 기록은 모든 에폭을 학습했습니다. 테스트 이미지 평가만 남았습니다</translation>
    </message>
    <message>
        <source>{run} is being trained by another process</source>
        <translation>다른 프로세스가 {run} 기록을 학습하고 있습니다</translation>
    </message>
    <message>
        <source>{run} is finished: train it on to the end of epoch {epoch}, with the run&apos;s own numbers. A higher number of epochs says how far</source>
        <translation>완료된 기록: {run}. 그 기록의 설정으로 {epoch}에폭까지 이어서 학습합니다. 에폭 수를 더 크게 입력하면 그만큼 학습합니다</translation>
    </message>
    <message>
        <source>Other weights are on the screen: show those of {run} again</source>
        <translation>화면에 다른 가중치가 있습니다. {run} 기록의 가중치를 다시 표시합니다</translation>
    </message>
    <message>
        <source>{run} is in memory only: save it elsewhere first</source>
        <translation>{run} 기록은 메모리에만 있습니다. 먼저 다른 곳에 저장하세요</translation>
    </message>
    <message>
        <source>Continue where the training waits (Ctrl+P)</source>
        <translation>멈춘 곳에서 학습을 계속합니다(Ctrl+P).</translation>
    </message>
    <message>
        <source>Continue</source>
        <comment>after a pause</comment>
        <translation>계속</translation>
    </message>
    <message>
        <source>It is being trained now: Pause and Continue steer it</source>
        <translation>지금 학습 중입니다. [일시정지]와 [계속]으로 제어합니다.</translation>
    </message>
    <message>
        <source>The model of {run} is not loaded: open its file first</source>
        <translation>{run} 기록의 모델을 불러오지 않았습니다. 먼저 모델 파일을 여세요</translation>
    </message>
    <message>
        <source>The images of {run} are not on this computer: get its data set first</source>
        <translation>{run} 기록의 이미지가 이 컴퓨터에 없습니다. 먼저 데이터셋을 다운로드하세요</translation>
    </message>
    <message>
        <source>{run} was trained on a device that this computer lacks: branch from it instead</source>
        <translation>{run} 기록을 학습한 장치가 이 컴퓨터에 없습니다. 대신 분기하세요</translation>
    </message>
    <message>
        <source>Branch from an earlier step…</source>
        <translation>이전 스텝에서 분기…</translation>
    </message>
    <message>
        <source>Begin a new run with the weights of an earlier step: choose it on the timeline first</source>
        <translation>이전 스텝의 가중치로 새 기록을 시작합니다. 먼저 타임라인에서 스텝을 선택하세요</translation>
    </message>
    <message>
        <source>Back to the run</source>
        <translation>기록으로 돌아가기</translation>
    </message>
    <message>
        <source>Show the run again, once other weights have taken its place</source>
        <translation>다른 가중치로 바뀐 뒤에 그 기록을 다시 표시합니다</translation>
    </message>
</context>
<context>
    <name>TrainPanel</name>
    <message>
        <source>A folder of your own…</source>
        <translation>내 폴더…</translation>
    </message>
    <message>
        <source>An .npz file of your own…</source>
        <translation>내 .npz 파일…</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Progress of loading</source>
        <translation>불러오기 진행</translation>
    </message>
    <message>
        <source>The images to learn from and to look at.</source>
        <translation>배우고 들여다볼 이미지입니다.</translation>
    </message>
    <message>
        <source>The network to look into and to train.</source>
        <translation>들여다보고 학습할 신경망입니다.</translation>
    </message>
    <message>
        <source>The processor that trains.</source>
        <translation>학습할 프로세서입니다.</translation>
    </message>
    <message>
        <source>{title} (download)</source>
        <translation>{title} (다운로드)</translation>
    </message>
</context>
<context>
    <name>TrainProgressCard</name>
    <message>
        <source>Epoch {epoch} of {epochs}</source>
        <translation>에폭 {epoch}/{epochs}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>스텝 {step}/{total}</translation>
    </message>
    <message>
        <source>{speed} images/s</source>
        <translation>초당 {speed}장</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행</translation>
    </message>
</context>
<context>
    <name>TrainWorkspace</name>
    <message>
        <source>Curves</source>
        <translation>곡선</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Curves and log</source>
        <translation>곡선과 로그</translation>
    </message>
    <message>
        <source>Loss and accuracy over the training</source>
        <translation>학습 중 손실과 정확도</translation>
    </message>
    <message>
        <source>What the training prints, as the course&apos;s scripts do</source>
        <translation>강의 스크립트처럼 학습이 출력하는 내용</translation>
    </message>
</context>
<context>
    <name>TrainingPresenter</name>
    <message>
        <source>Training stopped. The weights as they are now are on the screen.</source>
        <translation>학습을 중지했습니다. 현재 가중치를 화면에 표시합니다.</translation>
    </message>
    <message>
        <source>Training stopped. An earlier step is still on the screen: Latest shows the newest weights.</source>
        <translation>학습을 중지했습니다. 화면에는 아직 이전 스텝이 표시되어 있습니다. [최신]을 클릭하면 최신 가중치를 표시합니다.</translation>
    </message>
</context>
<context>
    <name>Trust</name>
    <message>
        <source>layers are still being randomised</source>
        <translation>층을 아직 무작위화하는 중</translation>
    </message>
    <message>
        <source>log-odds of {name} against {other}</source>
        <translation>{other} 대비 {name}의 로그 오즈</translation>
    </message>
    <message>
        <source>map changes as layers are randomised ✓</source>
        <translation>층을 무작위로 바꾸면 맵이 달라짐 ✓</translation>
    </message>
    <message>
        <source>map changes in part as layers are randomised</source>
        <translation>층을 무작위로 바꾸면 맵이 일부 달라짐</translation>
    </message>
    <message>
        <source>map hardly changes as layers are randomised ✗</source>
        <translation>층을 무작위로 바꿔도 맵이 거의 그대로임 ✗</translation>
    </message>
    <message>
        <source>map has no order of pixels</source>
        <translation>맵의 픽셀에 순서가 없음</translation>
    </message>
    <message>
        <source>no layer has weights</source>
        <translation>가중치가 있는 층이 없음</translation>
    </message>
    <message>
        <source>deletion {area}</source>
        <translation>삭제 {area}</translation>
    </message>
    <message>
        <source>deletion {area} (random {random})</source>
        <translation>삭제 {area}(무작위 {random})</translation>
    </message>
    <message>
        <source>logit of {name}</source>
        <translation>{name} 로짓</translation>
    </message>
    <message>
        <source>logit of {name} − logit of {other}</source>
        <translation>{name} 로짓 − {other} 로짓</translation>
    </message>
    <message>
        <source>probability of {name}</source>
        <translation>{name} 확률</translation>
    </message>
    <message>
        <source>probability of {name} among {name} and {other}</source>
        <translation>{name}·{other} 중 {name}의 확률</translation>
    </message>
</context>
<context>
    <name>TrustLine</name>
    <message>
        <source>Test this map</source>
        <translation>이 맵 검사</translation>
    </message>
    <message>
        <source>Open the test in Trust</source>
        <translation>신뢰 페이지에서 검사 열기</translation>
    </message>
    <message>
        <source>testing the map: {percent}</source>
        <translation>맵 검사 중: {percent}</translation>
    </message>
    <message>
        <source>the menu above tests this map</source>
        <translation>위 메뉴에서 이 맵을 검사할 수 있습니다</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>신뢰성</translation>
    </message>
    <message>
        <source>Randomise the layers one after another (ten seeds), and remove the map&apos;s largest pixels first (beside ten random orders)</source>
        <translation>층을 하나씩 무작위로 바꾸고(시드 10개), 맵의 값이 큰 픽셀부터 제거합니다(무작위 순서 10개와 비교)</translation>
    </message>
</context>
<context>
    <name>TrustPage</name>
    <message>
        <source>Randomising layers</source>
        <translation>층 무작위화</translation>
    </message>
    <message>
        <source>Removing pixels</source>
        <translation>픽셀 제거</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>Map that is tested</source>
        <translation>검사할 맵</translation>
    </message>
    <message>
        <source>The two tests below are about the map of this method</source>
        <translation>아래 두 검사는 이 방법의 맵을 대상으로 합니다</translation>
    </message>
    <message>
        <source>Changes: less than 0.5 of the rank correlation is left in the mean when all layers are randomised; hardly: 0.8 or more. Pixels at which the map is 0 are left out.</source>
        <translation>달라짐: 모든 층을 무작위로 바꾼 뒤 남은 순위 상관의 평균이 0.5 미만입니다. 거의 그대로: 0.8 이상입니다. 맵의 값이 0인 픽셀은 제외합니다.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Whether the map changes when the layers begin anew at random</source>
        <translation>층을 무작위로 다시 초기화하면 맵이 바뀌는지 확인합니다</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>Whether the answer changes without the pixels that it names</source>
        <translation>맵이 가리키는 픽셀을 없애면 예측이 바뀌는지 확인합니다</translation>
    </message>
    <message>
        <source>Test of the map</source>
        <translation>맵 검사</translation>
    </message>
</context>
<context>
    <name>UserError</name>
    <message>
        <source>{file} holds weights of {name}, whose file {code} is not there: say where it is now, with --model file:PATH::{name} --trust.</source>
        <translation>{file}에는 {name}의 가중치가 있지만 모델 파일이 {code}에 없습니다. 지금 위치를 --model file:PATH::{name} --trust로 지정하세요.</translation>
    </message>
    <message>
        <source>The weighted sum of the maps of {layer} is nowhere above 0: its largest value is {peak}.</source>
        <translation>{layer} 맵의 가중합에는 0보다 큰 곳이 없습니다. 가장 큰 값은 {peak}입니다.</translation>
    </message>
    <message>
        <source>This model gives one number for its two classes: the log-odds of {target} against {other} are explained.</source>
        <translation>이 모델은 두 클래스에 대해 숫자 하나만 냅니다. {other} 대비 {target}의 로그 오즈를 설명합니다.</translation>
    </message>
    <message>
        <source>There is no layer called {layer}. There is: {names}.</source>
        <translation>이름이 {layer}인 층이 없습니다. 있는 층: {names}.</translation>
    </message>
    <message>
        <source>“last” is the newest run: choose another name.</source>
        <translation>“last”라는 이름은 가장 새로운 기록을 뜻합니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>Weights with muted channels are trained by one process: under torchrun PyTorch runs the model itself, and nothing would mute its channels. Start it without torchrun.</source>
        <translation>끈 채널이 있는 가중치는 프로세스 하나로 학습합니다. torchrun에서는 PyTorch가 모델을 직접 계산하므로 채널이 꺼지지 않습니다. torchrun 없이 시작하세요.</translation>
    </message>
    <message>
        <source>what Python&apos;s logging writes</source>
        <translation>Python의 logging이 기록하는 것</translation>
    </message>
    <message>
        <source>{layer} of {model} is a lazy layer that no image goes through, so it has no weights: leave it out.</source>
        <translation>{model}의 다음 층은 어떤 이미지도 지나가지 않는 지연(lazy) 층이라 가중치가 없습니다: {layer}. 이 층을 빼십시오.</translation>
    </message>
    <message>
        <source>{name} in {file} is a TorchScript program, into which nobody can look: leave out torch.jit.script.</source>
        <translation>{file}의 다음 이름은 안을 들여다볼 수 없는 TorchScript 프로그램입니다: {name}. torch.jit.script를 빼십시오.</translation>
    </message>
    <message>
        <source>{file} has a class without a name: name it, or leave its images out.</source>
        <translation>{file}에 이름 없는 클래스가 있습니다. 이름을 붙이거나 그 이미지를 빼세요.</translation>
    </message>
    <message>
        <source>{train} and {other} in {folder} hold the same folders, as splits do: call them train and test (or val).</source>
        <translation>{folder}의 {train}, {other} 폴더 안에는 같은 폴더들이 있어 데이터 분할로 보입니다. 이름을 train, test(또는 val)로 바꾸세요.</translation>
    </message>
    <message>
        <source>{count:run|runs} are called {name}: name the folder of one, {folders}.</source>
        <translation>이름이 {name}인 기록이 {count}개입니다. 그중 하나의 폴더 이름을 쓰세요: {folders}.</translation>
    </message>
    <message>
        <source>{file} was not written: the disk is full.</source>
        <translation>{file} 파일을 저장하지 못했습니다. 디스크가 가득 찼습니다.</translation>
    </message>
    <message>
        <source>--as digit is for models whose images are grey and 28 by 28 pixels large.</source>
        <translation>--as digit는 28×28 픽셀 흑백 이미지를 입력으로 받는 모델에만 사용할 수 있습니다.</translation>
    </message>
    <message>
        <source>--step is about a run: say --run RUN.</source>
        <translation>--step은 학습 기록에 쓰는 옵션입니다. --run 기록을 지정하세요.</translation>
    </message>
    <message>
        <source>A batch needs a data set with the classes of this model: choose one.</source>
        <translation>배치에는 이 모델의 클래스를 가진 데이터셋이 필요합니다. 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>A branch keeps the model, the images and the seed of its run: otherwise it would be evaluated on its own training images. Begin a new training for that.</source>
        <translation>분기는 그 기록의 모델, 이미지, 시드를 이어받습니다. 그러지 않으면 이미 학습한 이미지로 평가하게 됩니다. 바꾸려면 새 학습을 시작하세요.</translation>
    </message>
    <message>
        <source>A file is still running: wait for it, or cancel it first.</source>
        <translation>파일을 아직 실행하고 있습니다. 기다리거나 먼저 취소하세요.</translation>
    </message>
    <message>
        <source>A video is being written already: wait for it, or cancel it.</source>
        <translation>이미 동영상을 저장하고 있습니다. 기다리거나 취소하세요.</translation>
    </message>
    <message>
        <source>A fully connected layer takes a vector, not maps: put a flatten before it.</source>
        <translation>완전 연결층은 특징 맵이 아니라 벡터를 받습니다. 앞에 평탄화를 넣으세요.</translation>
    </message>
    <message>
        <source>--epsilon must be 0 to {most}.</source>
        <translation>--epsilon 값은 0에서 {most} 사이여야 합니다.</translation>
    </message>
    <message>
        <source>--steps must be at least 1.</source>
        <translation>--steps 값은 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A loss compares the prediction with the image&apos;s label: choose an image of the data set.</source>
        <translation>손실은 예측을 이미지의 레이블과 비교합니다. 데이터셋의 이미지를 선택하세요.</translation>
    </message>
    <message>
        <source>A padding of {padding} is too much for a pooling window of {window} cells: at most half of it, {limit}, is allowed. Lower the padding or enlarge the window.</source>
        <translation>패딩({padding})은 {window}칸 풀링 윈도에 너무 큽니다. 최대 절반인 {limit}까지 됩니다. 패딩을 줄이거나 윈도를 키우세요.</translation>
    </message>
    <message>
        <source>A run has its own weights and model: leave --weights and --model out.</source>
        <translation>학습 기록에는 가중치와 모델이 들어 있습니다. --weights와 --model을 빼세요.</translation>
    </message>
    <message>
        <source>A run reads its images as it was trained: show its newest weights first, or stop it.</source>
        <translation>학습 기록은 학습할 때와 같은 방식으로 이미지를 입력받습니다. 먼저 최신 가중치를 표시하거나 학습을 중지하세요.</translation>
    </message>
    <message>
        <source>A run that is resumed keeps its {option}: say --from-step last to branch into a new run.</source>
        <translation>이어서 학습할 때 {option} 옵션은 바꿀 수 없습니다. 새 기록으로 분기하려면 --from-step last를 사용하세요.</translation>
    </message>
    <message>
        <source>A video needs one image.</source>
        <translation>동영상에는 이미지 한 장이 필요합니다.</translation>
    </message>
    <message>
        <source>After step {step} the run was stopped and went on with other numbers: no command stops there.</source>
        <translation>스텝 {step} 뒤에 중지되었다가 다른 설정으로 이어졌습니다. 그 스텝에서 멈추는 명령은 없습니다.</translation>
    </message>
    <message>
        <source>All weights of {model} are frozen (requires_grad=False): there is nothing to learn.</source>
        <translation>{model} 모델의 가중치가 모두 고정되어 있어(requires_grad=False) 학습할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Another batch size begins with an epoch: branch from the end of one, such as step {step}.</source>
        <translation>배치 크기는 에폭이 시작될 때만 바꿀 수 있습니다. 에폭의 끝(예: 스텝 {step})에서 분기하세요.</translation>
    </message>
    <message>
        <source>Another process of the training ended, and without it this one cannot go on. What was recorded up to the last checkpoint is kept: `cnnviewer resume` goes on from there, with as many processes as you like.</source>
        <translation>학습의 다른 프로세스가 끝나 이 프로세스도 계속할 수 없습니다. 마지막 체크포인트까지의 기록은 남아 있습니다. `cnnviewer resume`으로 거기서부터, 원하는 수의 프로세스로 이어서 학습하세요.</translation>
    </message>
    <message>
        <source>At most {most} runs or steps can be compared at once.</source>
        <translation>기록이나 스텝은 한 번에 {most}개까지 비교할 수 있습니다.</translation>
    </message>
    <message>
        <source>Average pooling has no dilation: it averages neighbouring cells without gaps.</source>
        <translation>평균 풀링에는 팽창이 없습니다. 이웃한 칸을 빈틈없이 평균합니다.</translation>
    </message>
    <message>
        <source>CIFAR-10 is not complete: {file} should have {expected} bytes and has {found}. Download it again.</source>
        <translation>CIFAR-10이 완전하지 않습니다. {file} 파일은 {expected}바이트여야 하는데 {found}바이트입니다. 다시 다운로드하세요.</translation>
    </message>
    <message>
        <source>Choose 0 to {most} grey levels.</source>
        <translation>밝기 단계는 0에서 {most} 사이로 선택하세요.</translation>
    </message>
    <message>
        <source>Choose a data set: its test images tell how well the model predicts.</source>
        <translation>데이터셋을 선택하세요. 그 테스트 이미지로 모델의 정확도를 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose a single number of {layer}: a channel, a row and a column.</source>
        <translation>{layer}에서 수 하나를 선택하세요: 채널, 행, 열.</translation>
    </message>
    <message>
        <source>Choose an image first: a video shows what the model computes from it.</source>
        <translation>먼저 이미지를 선택하세요. 동영상은 모델이 그 이미지로 계산하는 과정을 표시합니다.</translation>
    </message>
    <message>
        <source>Choose an image first: without one there are no gradients.</source>
        <translation>먼저 이미지를 선택하세요. 이미지가 없으면 기울기도 없습니다.</translation>
    </message>
    <message>
        <source>Choose an image first: without one there are no numbers to explain.</source>
        <translation>먼저 이미지를 선택하세요. 이미지가 없으면 설명할 수도 없습니다.</translation>
    </message>
    <message>
        <source>Choose two runs or steps to see where the models disagree.</source>
        <translation>예측이 어디서 다른지 보려면 기록이나 스텝을 둘 선택하세요.</translation>
    </message>
    <message>
        <source>Classes are matched by position, as asked for: the first output is {name}.</source>
        <translation>요청한 대로 클래스를 순서로 맞춥니다. 첫 번째 출력: {name}.</translation>
    </message>
    <message>
        <source>Files of these kinds are not read: {kinds}.</source>
        <translation>다음 형식의 파일은 불러오지 않습니다: {kinds}.</translation>
    </message>
    <message>
        <source>From step {step} on with changed code ({what}): this run is not exact.</source>
        <translation>스텝 {step}부터 변경된 코드({what}) 사용: 이 기록은 정확히 재현되지 않습니다.</translation>
    </message>
    <message>
        <source>From step {step} on with changed data ({what}): this run is not exact.</source>
        <translation>스텝 {step}부터 변경된 데이터({what}) 사용: 이 기록은 정확히 재현되지 않습니다.</translation>
    </message>
    <message>
        <source>From step {step} on with {what}: this run may not be exact.</source>
        <translation>스텝 {step}부터 {what}: 이 기록은 정확히 재현되지 않을 수 있습니다.</translation>
    </message>
    <message>
        <source>Grey images with more than eight bits share one scale: {low} is black, {high} is white.</source>
        <translation>8비트가 넘는 회색조 이미지에 같은 범위를 적용합니다. 검은색: {low}, 흰색: {high}.</translation>
    </message>
    <message>
        <source>Images beside the class folders are left out: {files}.</source>
        <translation>클래스 폴더 밖에 있는 다음 이미지는 제외합니다: {files}.</translation>
    </message>
    <message>
        <source>Images in {names} inside the class folders are read together, as one part.</source>
        <translation>클래스 폴더 안에 있는 {names} 폴더의 이미지는 나누지 않고 함께 사용합니다.</translation>
    </message>
    <message>
        <source>Images that cannot be read were left out: {count} of {total} ({share} %), {files}. The first: {sentence}</source>
        <translation>불러올 수 없는 이미지를 제외했습니다: {total}개 중 {count}개({share}%), {files}. 첫 번째: {sentence}</translation>
    </message>
    <message>
        <source>Images were cropped and scaled to {size} pixels.</source>
        <translation>이미지를 잘라 {size} 픽셀로 맞추었습니다.</translation>
    </message>
    <message>
        <source>Its window of {reach}×{reach} is larger than the {height}×{width} that it slides over, padding included.</source>
        <translation>{reach}×{reach} 창이 패딩을 포함한 {height}×{width}보다 큽니다.</translation>
    </message>
    <message>
        <source>Line {line} of {file} failed: {reason}.</source>
        <translation>{file} 파일의 {line}번째 줄에서 오류가 났습니다: {reason}.</translation>
    </message>
    <message>
        <source>Links that lead nowhere are left out: {files}.</source>
        <translation>대상이 없는 다음 링크는 제외합니다: {files}.</translation>
    </message>
    <message>
        <source>MNIST is not complete: {file} is missing from {folder}.</source>
        <translation>MNIST가 완전하지 않습니다. {folder}에 {file} 파일이 없습니다.</translation>
    </message>
    <message>
        <source>No file matches {pattern}.</source>
        <translation>{pattern}에 맞는 파일이 없습니다.</translation>
    </message>
    <message>
        <source>No font on this computer has {letters}: the picture shows boxes there.</source>
        <translation>이 컴퓨터의 글꼴에 없는 글자가 그림에 네모로 나타납니다: {letters}.</translation>
    </message>
    <message>
        <source>No snapshot of this run can be read: there is no history to show.</source>
        <translation>이 학습 기록의 시점을 하나도 읽을 수 없어 이력을 표시할 수 없습니다.</translation>
    </message>
    <message>
        <source>No weight of {model} can learn: its output comes about under torch.no_grad(), behind detach() or from frozen weights.</source>
        <translation>{model} 모델에서 학습할 수 있는 가중치가 없습니다. 출력이 torch.no_grad() 안에서, detach() 뒤에서, 또는 고정된 가중치만으로 계산됩니다.</translation>
    </message>
    <message>
        <source>No weights of {model} come with the program: open a file with some.</source>
        <translation>{model}의 가중치는 프로그램에 들어 있지 않습니다. 가중치 파일을 여세요.</translation>
    </message>
    <message>
        <source>Projected gradient descent takes at least one step.</source>
        <translation>PGD에는 한 스텝 이상이 필요합니다.</translation>
    </message>
    <message>
        <source>PyTorch finds no gradients for this model: {reason}.</source>
        <translation>PyTorch가 이 모델의 기울기를 계산하지 못합니다: {reason}.</translation>
    </message>
    <message>
        <source>PyTorch&apos;s anomaly detection</source>
        <translation>PyTorch의 이상 감지 설정</translation>
    </message>
    <message>
        <source>PyTorch&apos;s default device</source>
        <translation>PyTorch의 기본 장치</translation>
    </message>
    <message>
        <source>PyTorch&apos;s default number type</source>
        <translation>PyTorch의 기본 자료형</translation>
    </message>
    <message>
        <source>PyTorch&apos;s deterministic algorithms</source>
        <translation>PyTorch의 결정적 알고리즘 설정</translation>
    </message>
    <message>
        <source>PyTorch&apos;s number of threads</source>
        <translation>PyTorch의 스레드 수</translation>
    </message>
    <message>
        <source>PyTorch&apos;s precision of matrix products</source>
        <translation>PyTorch의 행렬 곱 정밀도</translation>
    </message>
    <message>
        <source>Python&apos;s recursion limit</source>
        <translation>Python의 재귀 한도</translation>
    </message>
    <message>
        <source>Rate or momentum were changed while it trained, which no command repeats.</source>
        <translation>학습 중에 학습률이나 모멘텀이 변경되었으며, 이를 재현하는 명령은 없습니다.</translation>
    </message>
    <message>
        <source>Say what to write: {all}.</source>
        <translation>무엇을 쓸지 정하세요: {all}.</translation>
    </message>
    <message>
        <source>Say which image: --image FILE.</source>
        <translation>이미지를 지정하세요: --image 파일.</translation>
    </message>
    <message>
        <source>Snapshots of the run wait in memory: {reason}</source>
        <translation>기록의 시점을 메모리에 두고 기다립니다: {reason}</translation>
    </message>
    <message>
        <source>Something unexpected happened: {reason}.</source>
        <translation>예상하지 못한 일이 일어났습니다: {reason}.</translation>
    </message>
    <message>
        <source>Stop the training first: it is changing the model that would be replaced.</source>
        <translation>먼저 학습을 멈추세요. 바꿀 모델을 학습이 고치고 있습니다.</translation>
    </message>
    <message>
        <source>Stop the training first: it is changing the weights that would be replaced.</source>
        <translation>먼저 학습을 멈추세요. 바꾸려는 가중치를 학습이 고치고 있습니다.</translation>
    </message>
    <message>
        <source>Stop the training first: its configuration is in the panel.</source>
        <translation>먼저 학습을 멈추세요. 패널에는 그 학습의 설정이 있습니다.</translation>
    </message>
    <message>
        <source>Stop the training first: only one runs at a time.</source>
        <translation>먼저 학습을 멈추세요. 학습은 한 번에 하나만 합니다.</translation>
    </message>
    <message>
        <source>Stop the training first: the data set would change under it.</source>
        <translation>먼저 학습을 멈추세요. 학습 중인 데이터셋이 바뀌게 됩니다.</translation>
    </message>
    <message>
        <source>TensorBoard is not installed: `pip install cnnviewer[tensorboard]`, or train without --tensorboard.</source>
        <translation>TensorBoard가 설치되어 있지 않습니다. `pip install cnnviewer[tensorboard]`로 설치하거나 --tensorboard 없이 학습하세요.</translation>
    </message>
    <message>
        <source>TensorBoard&apos;s files are incomplete: {reason}.</source>
        <translation>TensorBoard 파일이 온전하지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>The array {key} of {file} is no list of names: the classes keep their labels.</source>
        <translation>{file} 파일의 {key} 배열은 이름 목록이 아니므로 레이블을 클래스 이름으로 사용합니다.</translation>
    </message>
    <message>
        <source>The augmentation for handwriting needs grey images; those of {title} are in colour.</source>
        <translation>손글씨 증강은 흑백 이미지에만 쓸 수 있습니다. {title}의 이미지는 컬러입니다.</translation>
    </message>
    <message>
        <source>The batch size must be at least 1; it is {value}.</source>
        <translation>배치 크기는 1 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The batch size {value} is larger than the {count:image|images} of {title} that are left for training.</source>
        <translation>배치 크기({value})가 학습에 남은 {title} 이미지 {count}장보다 큽니다.</translation>
    </message>
    <message>
        <source>The class folder {folder} holds no images.</source>
        <translation>클래스 폴더 {folder}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The classes differ: the weights know {known}, of which {title} has no images.</source>
        <translation>클래스가 다릅니다. 가중치에만 있는 클래스: {known}. {title} 데이터셋에는 해당 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The classes differ: the weights know {known}, {title} has {names} instead.</source>
        <translation>클래스가 다릅니다. 가중치에만 있는 클래스: {known}. {title} 데이터셋에만 있는 클래스: {names}.</translation>
    </message>
    <message>
        <source>The classes differ: {title} has {names}, which the weights do not know.</source>
        <translation>클래스가 다릅니다. {title} 데이터셋에만 있고 가중치에는 없는 클래스: {names}.</translation>
    </message>
    <message>
        <source>The classes of {file} are the labels of its training images: {labels}.</source>
        <translation>{file} 파일의 클래스는 학습 이미지의 레이블입니다: {labels}.</translation>
    </message>
    <message>
        <source>The data of {run} are no longer in {path}: say where they are now, with --dataset {kind}:PATH.</source>
        <translation>학습 기록 {run}의 데이터가 {path} 경로에 없습니다. --dataset {kind}:PATH로 현재 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>The design has no layers yet.</source>
        <translation>설계에 아직 층이 없습니다.</translation>
    </message>
    <message>
        <source>The design has {count:layer|layers}; {most} are the most that it can have.</source>
        <translation>설계의 층이 {count}개입니다. 최대 {most}개입니다.</translation>
    </message>
    <message>
        <source>The device {device} failed: {reason} The last good weights are kept. Try again, or train on the CPU.</source>
        <translation>장치 {device}에 오류가 났습니다: {reason} 마지막으로 올바른 가중치를 남겨 두었습니다. 다시 시도하거나 CPU에서 학습하세요.</translation>
    </message>
    <message>
        <source>The device {device} is not there; this machine has: {there}.</source>
        <translation>{device} 장치가 없습니다. 사용할 수 있는 장치: {there}.</translation>
    </message>
    <message>
        <source>The disk is full: snapshots of the run are deleted to make room for its metrics, checkpoint and weights.</source>
        <translation>디스크가 가득 찼습니다. 수치, 체크포인트, 가중치를 저장할 수 있도록 이 기록의 시점을 지웁니다.</translation>
    </message>
    <message>
        <source>The drawing cannot be kept in {folder}: {reason}.</source>
        <translation>{folder} 폴더에 손그림을 저장할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The drawing of step {step} could not be removed: {reason}.</source>
        <translation>스텝 {step}의 손그림을 지우지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>The dropout must be at least 0 and below 1; it is {value}.</source>
        <translation>드롭아웃은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist.</source>
        <translation>{folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>The image does not fit the model of this run: choose another image.</source>
        <translation>이미지가 이 기록의 모델에 맞지 않습니다. 다른 이미지를 선택하세요.</translation>
    </message>
    <message>
        <source>The images are those of {folder}.</source>
        <translation>{folder} 폴더의 이미지를 사용합니다.</translation>
    </message>
    <message>
        <source>The images of {file} are {size} pixels; they are scaled down to {fitted}.</source>
        <translation>{file} 파일의 이미지 크기를 줄였습니다: {size} → {fitted} 픽셀.</translation>
    </message>
    <message>
        <source>The images of {name} were read by a newer version of this program: update it.</source>
        <translation>{name} 데이터셋의 이미지는 이 프로그램의 더 새로운 버전으로 불러온 것입니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>The last layer gives {found:value|values}, but there are {classes:class|classes}.</source>
        <translation>마지막 층은 값 {found}개를 내지만 클래스는 {classes}개입니다.</translation>
    </message>
    <message>
        <source>The last of the batches of {value} would have one image, over which batch normalisation has nothing to normalise: choose another batch size.</source>
        <translation>크기 {value} 배치의 마지막에 이미지가 한 장뿐이라 배치 정규화가 정규화할 것이 없습니다. 다른 배치 크기를 선택하세요.</translation>
    </message>
    <message>
        <source>The learning rate must be a number above 0; it is {value}.</source>
        <translation>학습률은 0보다 큰 수여야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The loss of this image does not depend on the weights of {layer}.</source>
        <translation>이 이미지의 손실은 {layer} 층의 가중치와 관계가 없습니다.</translation>
    </message>
    <message>
        <source>The memory of {device} ran out. The last good weights are kept. Try a smaller batch size.</source>
        <translation>{device}의 메모리가 부족합니다. 마지막으로 올바른 가중치를 남겨 두었습니다. 배치 크기를 줄여 보세요.</translation>
    </message>
    <message>
        <source>The model ends in maps: it needs a flatten and a fully connected layer for the classes.</source>
        <translation>모델이 특징 맵으로 끝납니다. 클래스를 위해 평탄화와 완전 연결층이 필요합니다.</translation>
    </message>
    <message>
        <source>The model knows one class only: no change of the image can give another answer.</source>
        <translation>모델의 클래스가 하나뿐이므로 이미지를 바꾸어도 예측이 달라지지 않습니다.</translation>
    </message>
    <message>
        <source>The model takes {channels:channel|channels}; an image has 1 or 3.</source>
        <translation>모델은 채널 {channels}개를 받지만 이미지의 채널은 1개 또는 3개입니다.</translation>
    </message>
    <message>
        <source>The momentum must be at least 0 and below 1; it is {value}.</source>
        <translation>모멘텀은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The number of epochs must be at least 1; it is {value}.</source>
        <translation>에폭 수는 1 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The number of threads must be from 0 to {most}; it is {value}.</source>
        <translation>스레드 수는 0 이상 {most} 이하여야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The padding of a pooling may be at most half its kernel size: {most} for a kernel of {kernel}.</source>
        <translation>풀링의 패딩은 커널 크기의 절반까지입니다: 커널 {kernel}이면 {most}.</translation>
    </message>
    <message>
        <source>The parts of {file} differ in scale: 1 is white in {parts}, 255 in the others.</source>
        <translation>{file} 파일의 부분마다 값의 범위가 다릅니다. 흰색이 1인 부분: {parts}. 나머지의 흰색: 255.</translation>
    </message>
    <message>
        <source>The pixels of {file} are 0 and 1 only: 1 is white.</source>
        <translation>{file} 파일의 픽셀 값은 0과 1뿐이므로 1을 흰색으로 사용합니다.</translation>
    </message>
    <message>
        <source>The plan of the sweep {name} is damaged: {file} cannot be read.</source>
        <translation>{name} 스윕의 계획이 손상되었습니다. {file} 파일을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The proxy that this computer is set to cannot be used: {reason}.</source>
        <translation>이 컴퓨터에 설정된 프록시를 사용할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run began with weights of no file ({name}), and its command begins with its first snapshot, which has eight bits per weight: save weights to a file and train from that to repeat a run exactly.</source>
        <translation>이 기록은 파일이 아닌 가중치({name})에서 시작했습니다. 명령은 첫 시점에서 시작하며, 그 시점은 가중치마다 8비트만 저장합니다. 정확히 반복하려면 가중치를 파일로 저장하고 그 파일에서 학습하세요.</translation>
    </message>
    <message>
        <source>The run cannot be saved in {folder}: {reason}.</source>
        <translation>{folder} 폴더에 학습 기록을 저장할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run has no readable {file}.</source>
        <translation>이 기록에 읽을 수 있는 {file} 파일이 없습니다.</translation>
    </message>
    <message>
        <source>The run has no snapshots: there is nothing to show in a video.</source>
        <translation>이 기록에는 저장된 시점이 없어 동영상으로 만들 것이 없습니다.</translation>
    </message>
    <message>
        <source>The run is no longer recorded on disk: {reason} The training continues, and the run stays in memory: save it elsewhere to keep it.</source>
        <translation>학습 기록을 더는 디스크에 저장하지 못합니다: {reason} 학습은 계속되고 기록은 메모리에 남습니다. 남겨 두려면 다른 곳에 저장하세요.</translation>
    </message>
    <message>
        <source>The run {folder} cannot be resumed: its folder may not be written to.</source>
        <translation>{folder} 기록을 이어서 학습할 수 없습니다. 폴더에 쓸 권한이 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} cannot be resumed: {reason}.</source>
        <translation>{folder} 기록을 이어서 학습할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run {folder} could not be brought back: {reason}.</source>
        <translation>{folder} 기록을 되돌리지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run {folder} could not be deleted: {reason}.</source>
        <translation>{folder} 기록을 삭제하지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run {folder} has no best snapshot yet: no epoch is done.</source>
        <translation>{folder} 기록은 마친 에폭이 없어 아직 최고 시점이 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} has no snapshots.</source>
        <translation>{folder} 기록에는 저장된 시점이 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} has no steps yet: there are no curves.</source>
        <translation>{folder} 기록은 아직 학습한 스텝이 없어 곡선이 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} is currently being trained.</source>
        <translation>{folder} 기록은 지금 학습 중입니다.</translation>
    </message>
    <message>
        <source>The run {folder} is currently being trained: stop it first.</source>
        <translation>{folder} 기록은 지금 학습 중입니다. 먼저 멈추세요.</translation>
    </message>
    <message>
        <source>The run {folder} is damaged: its checkpoint is of another training.</source>
        <translation>{folder} 기록이 손상되었습니다. 체크포인트가 다른 학습의 것입니다.</translation>
    </message>
    <message>
        <source>The run {folder} is damaged: its metrics before step {step} are incomplete.</source>
        <translation>{folder} 기록이 손상되었습니다. 스텝 {step} 앞의 수치가 온전하지 않습니다.</translation>
    </message>
    <message>
        <source>The run {folder} is damaged: its run.json cannot be read.</source>
        <translation>{folder} 기록이 손상되었습니다. run.json을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} is damaged: its run.json is incomplete.</source>
        <translation>{folder} 기록이 손상되었습니다. run.json이 온전하지 않습니다.</translation>
    </message>
    <message>
        <source>The run {folder} is no longer as it was left.</source>
        <translation>{folder} 기록이 그사이에 바뀌었습니다.</translation>
    </message>
    <message>
        <source>The run {folder} is no longer there.</source>
        <translation>{folder} 기록이 더는 없습니다.</translation>
    </message>
    <message>
        <source>The run {folder} was written by a newer version of this program: update it.</source>
        <translation>{folder} 기록은 이 프로그램의 더 새로운 버전에서 저장되었습니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>The run {run} has come to the end of its {epochs:epoch|epochs}: ask for more to resume it.</source>
        <translation>{run} 기록은 {epochs}에폭을 모두 마쳤습니다. 이어서 학습하려면 에폭을 늘리세요.</translation>
    </message>
    <message>
        <source>The run {run} has no best snapshot yet: no epoch is done.</source>
        <translation>{run} 기록은 마친 에폭이 없어 아직 최고 시점이 없습니다.</translation>
    </message>
    <message>
        <source>The run {run} has no snapshot to branch from.</source>
        <translation>{run} 기록에는 분기할 저장된 시점이 없습니다.</translation>
    </message>
    <message>
        <source>The run&apos;s folder is gone, and with it what could be saved.</source>
        <translation>기록의 폴더가 사라져 저장할 것이 없습니다.</translation>
    </message>
    <message>
        <source>The run&apos;s model takes images of {expected} (channels×height×width), not of {found}.</source>
        <translation>학습 기록의 모델에 필요한 이미지: {expected}(채널×높이×너비), 실제: {found}.</translation>
    </message>
    <message>
        <source>The runs take {size}, more than the {budget} set for them: delete some.</source>
        <translation>학습 기록의 사용 공간: {size}(한도 {budget}). 몇 개를 삭제하세요.</translation>
    </message>
    <message>
        <source>The seed must be a whole number of at least 0 and below 2⁶³; it is {value}.</source>
        <translation>시드는 0 이상 2⁶³ 미만의 정수여야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The training stopped at line {line} of {file}: {reason}. The last good weights are kept.</source>
        <translation>{file} 파일의 {line}번째 줄에서 학습이 멈췄습니다: {reason}. 마지막으로 정상이던 가중치는 보존됩니다.</translation>
    </message>
    <message>
        <source>The values are a vector already: there is nothing to flatten.</source>
        <translation>값이 이미 벡터라 평탄화할 것이 없습니다.</translation>
    </message>
    <message>
        <source>The weight decay must be a number of at least 0; it is {value}.</source>
        <translation>가중치 감쇠는 0 이상이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>The weights after step {step} are not finite numbers: branch from an earlier snapshot.</source>
        <translation>스텝 {step} 이후의 가중치가 유한한 수가 아닙니다. 더 앞선 시점에서 분기하세요.</translation>
    </message>
    <message>
        <source>The weights need other images or other classes.</source>
        <translation>가중치에는 다른 이미지나 다른 클래스가 필요합니다.</translation>
    </message>
    <message>
        <source>The weights on the screen need other images than those of {title}.</source>
        <translation>화면의 가중치와 {title} 데이터셋의 이미지 형식이 다릅니다.</translation>
    </message>
    <message>
        <source>The weights record no names of classes: their outputs are those of {title} by position.</source>
        <translation>가중치에 클래스 이름이 없어 출력을 {title} 데이터셋의 클래스 순서에 맞춥니다.</translation>
    </message>
    <message>
        <source>The weights to continue from are those of {start}, not of {wanted}.</source>
        <translation>이어서 학습할 가중치의 모델: {start}. 필요한 모델: {wanted}.</translation>
    </message>
    <message>
        <source>The weights to continue from take images of {start_shape} in {start_classes} classes; the data set has {shape} in {classes}.</source>
        <translation>이어서 학습할 가중치는 {start_shape} 이미지와 클래스 {start_classes}개에 맞지만 데이터셋은 {shape}, 클래스 {classes}개입니다.</translation>
    </message>
    <message>
        <source>The {count} processes of the training could not reach each other: {reason}.</source>
        <translation>학습 프로세스 {count}개가 서로 연결되지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>The {kernel} kernel with dilation {dilation} spans {needed} cells, but the padded input has only {there}: take a smaller kernel or dilation, more padding or a larger input.</source>
        <translation>팽창 {dilation}인 {kernel} 커널은 {needed}칸에 걸치지만 패딩한 입력은 {there}뿐입니다. 커널이나 팽창을 줄이거나 패딩이나 입력을 늘리세요.</translation>
    </message>
    <message>
        <source>The {needed} kernel is larger than the padded input of {there} cells: take a smaller kernel, more padding or a larger input.</source>
        <translation>{needed} 커널이 패딩한 입력 {there}칸보다 큽니다. 커널을 줄이거나 패딩이나 입력을 늘리세요.</translation>
    </message>
    <message>
        <source>There are no feature maps to export: choose an image first.</source>
        <translation>내보낼 특징 맵이 없습니다. 먼저 이미지를 선택하세요.</translation>
    </message>
    <message>
        <source>There are no kernels to export: choose a layer with weights first.</source>
        <translation>내보낼 커널이 없습니다. 먼저 가중치가 있는 층을 선택하세요.</translation>
    </message>
    <message>
        <source>There are no runs in {folder}.</source>
        <translation>{folder}에 기록이 없습니다.</translation>
    </message>
    <message>
        <source>There are no weights on the screen.</source>
        <translation>화면에 표시된 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>There are no weights to save yet.</source>
        <translation>아직 저장할 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>There are several digits in this picture. Crop it to one.</source>
        <translation>이 이미지에는 숫자가 여러 개 있습니다. 숫자 하나만 남도록 잘라 주세요.</translation>
    </message>
    <message>
        <source>There is a sweep {name} already, of other trainings: leave the values out to resume it, or choose another name.</source>
        <translation>{name} 스윕이 이미 있고 학습의 구성이 다릅니다. 이어서 하려면 값을 빼고, 아니면 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>There is no code to save: choose a number whose arithmetic is known.</source>
        <translation>저장할 코드가 없습니다. 계산이 알려진 수를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no data set to train on yet: choose one or download it.</source>
        <translation>아직 학습할 데이터셋이 없습니다. 하나를 고르거나 다운로드하세요.</translation>
    </message>
    <message>
        <source>There is no data set {key}. Choose {known}, folder:PATH or npz:PATH.</source>
        <translation>{key} 데이터셋이 없습니다. {known}, folder:경로 또는 npz:경로를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no device {device} here.</source>
        <translation>여기에는 {device} 장치가 없습니다.</translation>
    </message>
    <message>
        <source>There is no digit to be seen in this picture: it needs writing that differs from its background.</source>
        <translation>이 그림에서 숫자가 보이지 않습니다. 글씨가 배경과 뚜렷이 달라야 합니다.</translation>
    </message>
    <message>
        <source>There is no model called {model}; the models are: {known}.</source>
        <translation>이름이 {model}인 모델이 없습니다. 모델: {known}.</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard: copy one first.</source>
        <translation>클립보드에 그림이 없습니다. 먼저 그림을 복사하세요.</translation>
    </message>
    <message>
        <source>There is no run called {name} in {folder}.</source>
        <translation>{folder}에 이름이 {name}인 기록이 없습니다.</translation>
    </message>
    <message>
        <source>There is no run for a video yet: train a model first, or open a run.</source>
        <translation>아직 동영상으로 만들 학습 기록이 없습니다. 먼저 모델을 학습하거나 기록을 여세요.</translation>
    </message>
    <message>
        <source>There is no run to resume yet: train a model first, or open a run.</source>
        <translation>아직 이어서 학습할 기록이 없습니다. 먼저 모델을 학습하거나 기록을 여세요.</translation>
    </message>
    <message>
        <source>There is no run to save yet: train a model first, or open a run.</source>
        <translation>아직 저장할 기록이 없습니다. 먼저 모델을 학습하거나 기록을 여세요.</translation>
    </message>
    <message>
        <source>There is no snapshot after step {step}; the nearest are {near}.</source>
        <translation>스텝 {step} 뒤에 저장된 시점이 없습니다. 가장 가까운 시점: {near}.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>이 작업을 하기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>There is nothing to download for {key}.</source>
        <translation>{key}: 다운로드할 것이 없습니다.</translation>
    </message>
    <message>
        <source>These predictions cannot be compared: they are for other classes or other images.</source>
        <translation>이 예측은 비교할 수 없습니다. 클래스나 이미지가 서로 다릅니다.</translation>
    </message>
    <message>
        <source>These runs were trained on different images, so there is no common test set.</source>
        <translation>이 기록들은 서로 다른 이미지로 학습하여 공통된 테스트 세트가 없습니다.</translation>
    </message>
    <message>
        <source>These weights read {shape} images of {count:class|classes}, and {title} has {data_shape} and {data_count}.</source>
        <translation>이 가중치의 입력: {shape}, 클래스 {count}개. {title} 데이터셋: {data_shape}, 클래스 {data_count}개.</translation>
    </message>
    <message>
        <source>This layer takes maps, but after the flatten there is only a vector: put it before that.</source>
        <translation>이 층은 특징 맵을 받지만 평탄화 뒤에는 벡터뿐입니다. 그 앞에 두세요.</translation>
    </message>
    <message>
        <source>This layer would give {count:value|values} for one image, more than the {most} that are possible here.</source>
        <translation>이 층은 이미지 한 장에 값 {count}개를 내는데, 여기서 가능한 {most}개보다 많습니다.</translation>
    </message>
    <message>
        <source>This model decides by its numbers which operations run: those that ran for this image are shown, another image may take another way.</source>
        <translation>이 모델은 계산된 값에 따라 실행할 연산을 정합니다. 이 이미지에서 실행된 연산을 표시하며, 다른 이미지는 다른 경로를 지날 수 있습니다.</translation>
    </message>
    <message>
        <source>This model draws random numbers while it predicts. Here every image gets the same ones each time: in the evaluation, the prediction and the look inside.</source>
        <translation>이 모델은 예측할 때 난수를 사용합니다. 여기에서는 평가, 예측, 내부 보기 모두 모든 이미지에 매번 같은 난수를 사용합니다.</translation>
    </message>
    <message>
        <source>This model drops values even while it predicts (F.dropout without training=self.training). Here nothing is dropped: not in the evaluation, the prediction or the look inside.</source>
        <translation>이 모델은 예측할 때에도 드롭아웃을 적용합니다(training=self.training 없는 F.dropout). 여기에서는 평가, 예측, 내부 보기 모두 드롭아웃을 적용하지 않습니다.</translation>
    </message>
    <message>
        <source>This model ends in a softmax: its loss needs log-probabilities or scores.</source>
        <translation>이 모델은 소프트맥스로 끝납니다. 손실에는 로그 확률이나 점수가 필요합니다.</translation>
    </message>
    <message>
        <source>To stay within {budget}, {count:snapshot|snapshots} of {runs:older run|older runs} were deleted; their results stay.</source>
        <translation>{budget} 안에 머물도록 이전 기록 {runs}개의 시점 {count}개를 지웠습니다. 결과는 남아 있습니다.</translation>
    </message>
    <message>
        <source>To stay within {budget}, {count} of the {all:snapshot|snapshots} of the run {run} were deleted.</source>
        <translation>{budget} 안에 머물도록 {run} 기록의 시점 {all}개 중 {count}개를 지웠습니다.</translation>
    </message>
    <message>
        <source>What {host} sends has the wrong checksum.</source>
        <translation>{host}에서 받은 파일의 체크섬이 다릅니다.</translation>
    </message>
    <message>
        <source>With this layer the model would have {count:parameter|parameters}, more than the {most} that are possible here.</source>
        <translation>이 층이 있으면 매개변수가 {count}개로, 여기서 가능한 {most}개보다 많습니다.</translation>
    </message>
    <message>
        <source>Write a number from {low} to {high}.</source>
        <translation>{low}에서 {high}까지의 수를 입력하세요.</translation>
    </message>
    <message>
        <source>Write a number of at least {low} and below {high}.</source>
        <translation>{low} 이상 {high} 미만의 수를 입력하세요.</translation>
    </message>
    <message>
        <source>Write a whole number from {low} to {high}.</source>
        <translation>{low}에서 {high}까지의 정수를 입력하세요.</translation>
    </message>
    <message>
        <source>cuDNN&apos;s settings</source>
        <translation>cuDNN 설정</translation>
    </message>
    <message>
        <source>environment variables</source>
        <translation>환경 변수</translation>
    </message>
    <message>
        <source>images added to {name}: {count}</source>
        <translation>{name}: 이미지 {count}장 추가</translation>
    </message>
    <message>
        <source>images in {name} changed</source>
        <translation>{name}: 이미지 변경</translation>
    </message>
    <message>
        <source>images removed from {name}: {count}</source>
        <translation>{name}: 이미지 {count}장 삭제</translation>
    </message>
    <message>
        <source>line {line} of {file}</source>
        <translation>{file} 파일의 {line}행</translation>
    </message>
    <message>
        <source>other images or labels than those that it was trained with</source>
        <translation>학습에 쓴 것과 다른 이미지 또는 레이블</translation>
    </message>
    <message>
        <source>standard input and output</source>
        <translation>표준 입출력</translation>
    </message>
    <message>
        <source>sys.path</source>
        <translation>sys.path</translation>
    </message>
    <message>
        <source>the class {old} is now called {new}</source>
        <translation>클래스 이름 변경: {old} → {new}</translation>
    </message>
    <message>
        <source>the code in {files} changed</source>
        <translation>코드 변경: {files}</translation>
    </message>
    <message>
        <source>the current folder</source>
        <translation>현재 폴더</translation>
    </message>
    <message>
        <source>the filters of warnings</source>
        <translation>경고 필터</translation>
    </message>
    <message>
        <source>the folder {folder} cannot be used ({reason}).</source>
        <translation>{folder} 폴더를 사용할 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>the handlers of signals</source>
        <translation>시그널 처리기</translation>
    </message>
    <message>
        <source>the labels in {name} changed</source>
        <translation>{name}: 레이블 변경</translation>
    </message>
    <message>
        <source>the seed of PyTorch&apos;s random numbers</source>
        <translation>PyTorch의 난수 시드</translation>
    </message>
    <message>
        <source>what happens when the program ends</source>
        <translation>프로그램이 끝날 때 할 일</translation>
    </message>
    <message>
        <source>whether PyTorch computes gradients</source>
        <translation>PyTorch의 기울기 계산 여부</translation>
    </message>
    <message>
        <source>{count:training|trainings} are too many for one sweep: ask for at most {most}.</source>
        <translation>학습 {count}회는 한 스윕에 너무 많습니다. 최대 {most}회입니다.</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>외 {count}건</translation>
    </message>
    <message>
        <source>{files} changed since {run} was trained: what is shown is computed with the code as it was opened here.</source>
        <translation>{run} 기록을 학습한 뒤 바뀐 파일이 있습니다: {files}. 지금 표시하는 값은 여기서 연 코드로 계산한 것입니다.</translation>
    </message>
    <message>
        <source>{file} cannot be opened: {reason}.</source>
        <translation>{file} 파일을 열 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}. Delete it and get the data set again.</source>
        <translation>{file} 파일을 읽을 수 없습니다: {reason}. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} cannot be tried out: {reason}.</source>
        <translation>{file} 파일을 시험 실행할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be unpacked. Delete it and try again.</source>
        <translation>{file}의 압축을 풀 수 없습니다. 지우고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {count:class is|classes are} more than {most}.</source>
        <translation>{file} 파일을 사용할 수 없습니다. 클래스 {count}개는 {most}개보다 많습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {layer} does not hold ordinary floating-point numbers.</source>
        <translation>{file} 파일을 사용할 수 없습니다. {layer}에 일반 부동소수점 수가 아닌 값이 있습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {layer} holds NaN or infinity, so the training that wrote it had diverged.</source>
        <translation>{file} 파일을 사용할 수 없습니다. {layer}에 NaN이나 무한대가 있으니 발산한 학습에서 나온 것입니다.</translation>
    </message>
    <message>
        <source>{file} cannot be written: its name must end in {endings}.</source>
        <translation>{file} 파일을 저장할 수 없습니다. 사용할 수 있는 확장자: {endings}.</translation>
    </message>
    <message>
        <source>{file} cannot be written: the folder {folder} does not exist.</source>
        <translation>{file} 파일을 저장할 수 없습니다. {folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} 파일을 저장할 수 없습니다. {reason}.</translation>
    </message>
    <message>
        <source>{file} changes what signals do in line {line}: that is the program&apos;s own matter.</source>
        <translation>{file} 파일의 {line}행이 시그널 처리를 바꿉니다. 이 설정은 프로그램만 사용할 수 있습니다.</translation>
    </message>
    <message>
        <source>{file} changes {what} in line {line}; it was put back.</source>
        <translation>{file} 파일의 {line}행이 바꾼 설정을 되돌렸습니다: {what}.</translation>
    </message>
    <message>
        <source>{file} could not be unpacked: {reason}.</source>
        <translation>{file}의 압축을 풀지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} does not come to an end: after {seconds} seconds it is still in {place}.</source>
        <translation>{file} 파일의 실행이 끝나지 않습니다. {seconds}초가 지난 뒤의 위치: {place}.</translation>
    </message>
    <message>
        <source>{file} does not come to an end: it was stopped after {seconds} seconds.</source>
        <translation>{file} 파일의 실행이 끝나지 않아 {seconds}초 뒤에 중지했습니다.</translation>
    </message>
    <message>
        <source>{file} does not exist.</source>
        <translation>{file} 파일이 없습니다.</translation>
    </message>
    <message>
        <source>{file} does not hold all six batches of CIFAR-10.</source>
        <translation>{file}에 CIFAR-10의 배치 여섯 개가 모두 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>{file} does not say which model its weights are of, and its layers fit {found}: choose the model.</source>
        <translation>{file}에는 어느 모델의 가중치인지 적혀 있지 않고 층은 {found}에 맞습니다. 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>{file} ends Python itself in line {line}: it cannot be used here.</source>
        <translation>{file} 파일의 {line}행이 Python을 종료합니다. 여기서는 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} ends Python itself when it is run (exit status {code}): it cannot be used here.</source>
        <translation>{file} 파일을 실행하면 Python이 종료됩니다(종료 코드 {code}). 여기서는 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} ends the program in line {line} ({reason}): put what only a script does under if __name__ == &quot;__main__&quot;.</source>
        <translation>{file} 파일의 {line}행이 프로그램을 종료합니다({reason}). 스크립트로 실행할 때만 필요한 코드는 if __name__ == &quot;__main__&quot; 아래에 넣으세요.</translation>
    </message>
    <message>
        <source>{file} fails when it is run, in line {line}: {reason}.</source>
        <translation>{file} 파일을 실행하면 {line}행에서 오류가 납니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} fits {model}, but no usual size of image is one that the model runs on: say the size of its images.</source>
        <translation>{file} 파일은 {model} 모델에 맞지만, 흔한 이미지 크기 가운데 모델이 실행되는 크기가 없습니다. 이미지 크기를 알려 주세요.</translation>
    </message>
    <message>
        <source>{file} has no array named &quot;{key}&quot;.</source>
        <translation>{file}에 &quot;{key}&quot; 배열이 없습니다.</translation>
    </message>
    <message>
        <source>{file} has no class derived from torch.nn.Module.</source>
        <translation>{file}에는 torch.nn.Module에서 파생한 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>{file} has no model {name} after it was run.</source>
        <translation>{file} 파일을 실행했지만 모델이 없습니다: {name}.</translation>
    </message>
    <message>
        <source>{file} has no pixels.</source>
        <translation>{file}에 픽셀이 없습니다.</translation>
    </message>
    <message>
        <source>{file} has no training image of these classes: {names}.</source>
        <translation>{file} 파일에 학습 이미지가 없는 클래스: {names}.</translation>
    </message>
    <message>
        <source>{file} has the labels {labels}, which are not among its class names.</source>
        <translation>{file} 파일의 클래스 이름에 없는 레이블: {labels}.</translation>
    </message>
    <message>
        <source>{file} has two classes called {name}: no result could tell them apart.</source>
        <translation>{file}에 이름이 같은 클래스가 둘 있어 결과를 구별할 수 없습니다: {name}.</translation>
    </message>
    <message>
        <source>{file} has {count:class|classes}; up to {limit} are read.</source>
        <translation>{file} 파일의 클래스는 {count}개입니다. {limit}개까지 불러올 수 있습니다.</translation>
    </message>
    <message>
        <source>{file} holds a negative label: {label}.</source>
        <translation>{file}에 음수 레이블이 있습니다: {label}.</translation>
    </message>
    <message>
        <source>{file} holds infinite values.</source>
        <translation>{file} 파일에 무한대 값이 있습니다.</translation>
    </message>
    <message>
        <source>{file} holds more than weights: {what}. Opening that could run code. If you trust it, run {line} in Python, then open weights.pt.</source>
        <translation>{file} 파일에는 가중치가 아닌 것이 들어 있습니다: {what}. 열면 코드가 실행될 수 있습니다. 파일을 신뢰한다면 Python에서 {line} 명령을 실행한 다음 weights.pt 파일을 여세요.</translation>
    </message>
    <message>
        <source>{file} holds more weights than {limit} MB.</source>
        <translation>{file}의 가중치가 {limit} MB를 넘습니다.</translation>
    </message>
    <message>
        <source>{file} holds no images in one of its parts.</source>
        <translation>{file}의 한 부분에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{file} holds no images.</source>
        <translation>{file}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{file} holds no weights by name: save the model&apos;s state_dict().</source>
        <translation>{file}에 이름이 붙은 가중치가 없습니다. 모델의 state_dict()를 저장하세요.</translation>
    </message>
    <message>
        <source>{file} holds one class only; to tell images apart takes two at least.</source>
        <translation>{file}에 클래스가 하나뿐입니다. 적어도 두 개가 필요합니다.</translation>
    </message>
    <message>
        <source>{file} holds one image of each class only; a test takes two at least.</source>
        <translation>{file}에 클래스마다 이미지가 한 장뿐입니다. 테스트하려면 적어도 두 장이 필요합니다.</translation>
    </message>
    <message>
        <source>{file} holds only one of {images} and {labels}.</source>
        <translation>{file}에 {images}와 {labels} 중 하나만 있습니다.</translation>
    </message>
    <message>
        <source>{file} holds the label {label}, but there are only {classes:class|classes} (0 to {last}).</source>
        <translation>{file} 파일에 레이블({label})이 있지만 클래스는 {classes}개(0~{last})뿐입니다.</translation>
    </message>
    <message>
        <source>{file} holds the maps of one image: name a folder for several.</source>
        <translation>{file}에는 이미지 한 장의 특징 맵이 들어갑니다. 여러 장이면 폴더를 정하세요.</translation>
    </message>
    <message>
        <source>{file} holds the weights of another model than the run&apos;s.</source>
        <translation>{file} 파일은 이 기록과 다른 모델의 가중치입니다.</translation>
    </message>
    <message>
        <source>{file} holds the weights of {found}, not of {model}.</source>
        <translation>{file} 파일에는 {model} 모델이 아니라 {found} 모델의 가중치가 있습니다.</translation>
    </message>
    <message>
        <source>{file} holds {images:image|images} but {labels:label|labels}.</source>
        <translation>{file}에 이미지는 {images}장인데 레이블은 {labels}개입니다.</translation>
    </message>
    <message>
        <source>{file} is a Git LFS pointer, a few lines in place of the file: run git lfs pull where it comes from.</source>
        <translation>{file} 파일은 Git LFS 포인터로, 실제 파일 대신 몇 줄만 들어 있습니다. 원본 저장소에서 git lfs pull을 실행하세요.</translation>
    </message>
    <message>
        <source>{file} is a HEIC photo, as phones take them, which this program does not open: save it as JPEG or PNG.</source>
        <translation>{file} 파일은 휴대전화에서 쓰는 HEIC 사진으로, 이 프로그램에서는 열 수 없습니다. JPEG 또는 PNG로 저장하세요.</translation>
    </message>
    <message>
        <source>{file} is a TorchScript program, which runs code when it is opened: open the model&apos;s state_dict() instead.</source>
        <translation>{file} 파일은 열면 코드가 실행되는 TorchScript 프로그램입니다. 모델의 state_dict()를 여세요.</translation>
    </message>
    <message>
        <source>{file} is a file, and a folder is to be written.</source>
        <translation>{file}: 파일입니다. 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{file} is a folder, not a weights file.</source>
        <translation>{file}: 가중치 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is a folder, not an .npz file.</source>
        <translation>{file}: .npz 파일이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is a folder, not an image.</source>
        <translation>{file}: 이미지가 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>{file} is a web page, not the file itself: the download gave a page to look at or to log in to.</source>
        <translation>{file} 파일은 실제 파일이 아니라 웹 페이지입니다. 안내 페이지나 로그인 페이지가 다운로드되었습니다.</translation>
    </message>
    <message>
        <source>{file} is an HDF5 file, such as Keras writes, which this program does not open.</source>
        <translation>{file} 파일은 Keras 등이 저장하는 HDF5 파일로, 이 프로그램에서는 열 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is an ONNX model, which this program does not open: save the PyTorch model&apos;s state_dict() instead.</source>
        <translation>{file} 파일은 ONNX 모델로, 이 프로그램에서는 열 수 없습니다. 대신 PyTorch 모델의 state_dict()를 저장하세요.</translation>
    </message>
    <message>
        <source>{file} is an exported PyTorch program (.pt2), which runs code when it is opened: open the model&apos;s state_dict() instead.</source>
        <translation>{file} 파일은 열면 코드가 실행되는 PyTorch 내보내기 프로그램(.pt2)입니다. 모델의 state_dict()를 여세요.</translation>
    </message>
    <message>
        <source>{file} is code that would be run: say --trust if you trust it.</source>
        <translation>{file} 파일은 실행될 코드입니다. 믿는다면 --trust를 쓰세요.</translation>
    </message>
    <message>
        <source>{file} is cut or damaged. Delete it and get CIFAR-10 again.</source>
        <translation>{file} 파일이 잘렸거나 손상되었습니다. 지우고 CIFAR-10을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is cut or damaged: it should hold {expected} bytes and holds {found}. Delete it and get the data set again.</source>
        <translation>{file} 파일이 잘렸거나 손상되었습니다. {expected}바이트여야 하는데 {found}바이트입니다. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is cut short: copy or download it again.</source>
        <translation>{file} 파일이 중간에 잘려 있습니다. 다시 복사하거나 다운로드하세요.</translation>
    </message>
    <message>
        <source>{file} is damaged or cut off and cannot be read as an image.</source>
        <translation>{file} 파일이 손상되었거나 잘려서 이미지로 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged or cut short.</source>
        <translation>{file} 파일이 손상되었거나 잘렸습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged or is not CIFAR-10&apos;s: its checksum is wrong. Delete it and get CIFAR-10 again.</source>
        <translation>{file} 파일이 손상되었거나 CIFAR-10의 파일이 아닙니다. 체크섬이 다릅니다. 지우고 CIFAR-10을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged or is not MNIST&apos;s: its checksum is wrong. Delete it and get MNIST again.</source>
        <translation>{file} 파일이 손상되었거나 MNIST의 파일이 아닙니다. 체크섬이 다릅니다. 지우고 MNIST를 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is damaged, cut short or not a safetensors file.</source>
        <translation>{file} 파일이 손상되었거나 잘렸거나 safetensors 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: it describes a model that cannot exist.</source>
        <translation>{file} 파일이 손상되었습니다. 있을 수 없는 모델이 적혀 있습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: it holds more than it says.</source>
        <translation>{file} 파일이 손상되었습니다. 적힌 것보다 많은 것이 들어 있습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: its checksum or its description is wrong.</source>
        <translation>{file} 파일이 손상되었습니다. 체크섬이나 설명이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: its content cannot be read.</source>
        <translation>{file} 파일이 손상되어 내용을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is damaged: the array &quot;{key}&quot; cannot be read.</source>
        <translation>{file} 파일이 손상되었습니다. &quot;{key}&quot; 배열을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file} 파일이 비어 있습니다.</translation>
    </message>
    <message>
        <source>{file} is empty. Delete it and get the data set again.</source>
        <translation>{file} 파일이 비어 있습니다. 지우고 데이터셋을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{file} is not Python that this program understands: line {line}: {reason}.</source>
        <translation>{file} 파일은 이해할 수 있는 Python이 아닙니다: {line}번째 줄: {reason}.</translation>
    </message>
    <message>
        <source>{file} is not a PyTorch weights file.</source>
        <translation>{file} 파일은 PyTorch 가중치 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not a batch of CIFAR-10 images, or it is damaged.</source>
        <translation>{file} 파일은 CIFAR-10 배치가 아니거나 손상되었습니다.</translation>
    </message>
    <message>
        <source>{file} is not a file.</source>
        <translation>{file}: 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not a {model}, which has no {layers}.</source>
        <translation>{file} 파일은 {model} 모델의 가중치 파일이 아닙니다. {model} 모델에 없는 층: {layers}.</translation>
    </message>
    <message>
        <source>{file} is not a {model}: it has no {layers}.</source>
        <translation>{file} 파일은 {model} 모델의 가중치 파일이 아닙니다. 파일에 없는 층: {layers}.</translation>
    </message>
    <message>
        <source>{file} is not a {model}: none of its {count:tensor|tensors} is called as one of the model&apos;s, such as {layers}.</source>
        <translation>{file} 파일은 {model} 모델의 가중치가 아닙니다. 텐서 {count}개 가운데 모델의 이름(예: {layers})과 같은 것이 없습니다.</translation>
    </message>
    <message>
        <source>{file} is not an .npz file, or it is cut.</source>
        <translation>{file} 파일은 .npz 파일이 아니거나 잘렸습니다.</translation>
    </message>
    <message>
        <source>{file} is not an IDX file of {axes} axes of bytes.</source>
        <translation>{file} 파일은 바이트 축 {axes}개의 IDX 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not an image in PNG, JPEG, BMP, GIF, WEBP, TIFF, PPM or AVIF format.</source>
        <translation>{file} 파일은 PNG, JPEG, BMP, GIF, WEBP, TIFF, PPM, AVIF 형식의 이미지가 아닙니다.</translation>
    </message>
    <message>
        <source>{file} is not opened: it is compressed and could unpack to any size, which PyTorch never writes.</source>
        <translation>{file} 파일을 열지 않았습니다. PyTorch가 쓰지 않는 압축 파일이라 얼마든지 커질 수 있습니다.</translation>
    </message>
    <message>
        <source>{file} is not opened: weights are files ending in {endings}.</source>
        <translation>{file} 파일을 열지 않았습니다. 가중치 파일의 확장자: {endings}.</translation>
    </message>
    <message>
        <source>{file} is not such a {model}: {layer} has the shape {found}, expected is {expected}.</source>
        <translation>{file} 파일은 이 {model} 모델에 맞지 않습니다. {layer} 층의 형태 {found}, 필요한 형태 {expected}.</translation>
    </message>
    <message>
        <source>{file} is open in another program, or write-protected: close it there and try again.</source>
        <translation>{file} 파일이 다른 프로그램에서 열려 있거나 쓰기가 금지되어 있습니다. 그 프로그램에서 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{file} is too large for a Python file with a model.</source>
        <translation>{file} 파일은 모델이 든 Python 파일치고 너무 큽니다.</translation>
    </message>
    <message>
        <source>{file} is too large for a weights file: {size} MB, at most {limit} MB.</source>
        <translation>{file} 파일은 가중치 파일로 너무 큽니다. {size} MB이며 최대 {limit} MB입니다.</translation>
    </message>
    <message>
        <source>{file} is too large: images up to {limit} MB are read.</source>
        <translation>{file} 파일이 너무 큽니다. 이미지는 {limit} MB까지 읽습니다.</translation>
    </message>
    <message>
        <source>{file} is too large: images up to {limit} megapixels are read.</source>
        <translation>{file} 파일이 너무 큽니다. 이미지는 {limit} 메가픽셀까지 읽습니다.</translation>
    </message>
    <message>
        <source>{file} lacks the arrays x_train and y_train (or train_images and train_labels); it holds {found}.</source>
        <translation>{file}에 x_train과 y_train(또는 train_images와 train_labels) 배열이 없습니다. 들어 있는 것: {found}.</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is.</source>
        <translation>{file} 파일을 열기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>{file} needs {package} in line {line}, which is neither installed nor beside the file.</source>
        <translation>{file} 파일의 {line}행에 필요한 모듈이 설치되어 있지 않고 파일 옆에도 없습니다: {package}.</translation>
    </message>
    <message>
        <source>{file} should hold images of {expected} bytes; it holds {found} of the type {type}.</source>
        <translation>{file} 파일에는 {expected}바이트 이미지가 있어야 하는데 다른 것이 들어 있습니다: {found}, {type} 형식.</translation>
    </message>
    <message>
        <source>{file} shows a plot in line {line}: its window is left out.</source>
        <translation>{file} 파일의 {line}행이 그리는 그래프 창은 표시하지 않습니다.</translation>
    </message>
    <message>
        <source>{file} starts a thread in line {line} that goes on after it: put that under if __name__ == &quot;__main__&quot;.</source>
        <translation>{file} 파일의 {line}행이 시작한 스레드가 끝나지 않습니다. 이 코드는 if __name__ == &quot;__main__&quot; 아래에 넣으세요.</translation>
    </message>
    <message>
        <source>{file} trains in line {line} while it is opened: put what only a script does under if __name__ == &quot;__main__&quot;.</source>
        <translation>{file} 파일을 여는 동안 {line}행에서 학습이 시작됩니다. 스크립트로 실행할 때만 필요한 코드는 if __name__ == &quot;__main__&quot; 아래에 넣으세요.</translation>
    </message>
    <message>
        <source>{file} unpacks to {size} MB, more than the {limit} MB that are read.</source>
        <translation>{file} 파일은 풀면 {size} MB로, 읽을 수 있는 {limit} MB보다 큽니다.</translation>
    </message>
    <message>
        <source>{file} was not written: its name must end in .py.</source>
        <translation>{file} 파일을 저장하지 않았습니다. 이름이 .py로 끝나야 합니다.</translation>
    </message>
    <message>
        <source>{file} was not written: its name must end in {endings}.</source>
        <translation>{file} 파일을 저장하지 않았습니다. 사용할 수 있는 확장자: {endings}.</translation>
    </message>
    <message>
        <source>{file} was not written: the disk is full. The old file is unchanged.</source>
        <translation>{file} 파일을 저장하지 못했습니다. 디스크가 가득 찼습니다. 이전 파일은 그대로입니다.</translation>
    </message>
    <message>
        <source>{file} was not written: the folder {folder} does not exist.</source>
        <translation>{file} 파일을 저장하지 못했습니다. {folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: the folder {folder} may not be written to.</source>
        <translation>{file} 파일을 저장하지 못했습니다. 폴더 {folder}에 쓸 권한이 없습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: weights are saved in files ending in .safetensors.</source>
        <translation>{file} 파일을 저장하지 않았습니다. 가중치는 .safetensors 파일로 저장합니다.</translation>
    </message>
    <message>
        <source>{file} was not written: {layer} holds numbers that are not finite.</source>
        <translation>{file} 파일을 저장하지 않았습니다. {layer}에 유한하지 않은 수가 있습니다.</translation>
    </message>
    <message>
        <source>{file} was not written: {reason}.</source>
        <translation>{file} 파일을 저장하지 못했습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of this program: update it.</source>
        <translation>{file} 파일은 이 프로그램의 더 새로운 버전에서 저장되었습니다. 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>{file}: an array of the shape {shape} is not a series of grey or RGB images.</source>
        <translation>{file}: 형태가 {shape}인 배열은 흑백이나 RGB 이미지의 묶음이 아닙니다.</translation>
    </message>
    <message>
        <source>{file}: pixels run from {low} to {high}; they must lie in 0 to 255, or in 0 to 1.</source>
        <translation>{file}: 픽셀 값이 {low}~{high}입니다. 0~255 또는 0~1이어야 합니다.</translation>
    </message>
    <message>
        <source>{file}: some pixels are not a number (NaN) or infinite.</source>
        <translation>{file}: 픽셀에 NaN이나 무한대가 있습니다.</translation>
    </message>
    <message>
        <source>{file}: the array &quot;{key}&quot; holds Python objects, which could run a program; only numbers are read.</source>
        <translation>{file}: &quot;{key}&quot; 배열에 프로그램을 실행할 수 있는 Python 객체가 있습니다. 수만 읽습니다.</translation>
    </message>
    <message>
        <source>{file}: the images are not numbers but {type}.</source>
        <translation>{file}: 이미지가 수가 아니라 {type}입니다.</translation>
    </message>
    <message>
        <source>{file}: the images of its parts differ in size: {sizes}.</source>
        <translation>{file}: 부분마다 이미지 크기가 다릅니다: {sizes}.</translation>
    </message>
    <message>
        <source>{file}: the labels are not one whole number for each image.</source>
        <translation>{file}: 레이블이 이미지마다 정수 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>{file}: the labels have several columns (one-hot or several classes an image); one whole number for each image is needed.</source>
        <translation>{file}: 레이블의 열이 여럿입니다(원-핫이나 다중 클래스). 이미지마다 정수 하나가 필요합니다.</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>{folder} 폴더를 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{folder} has no sub-folders: put the images of each class into a folder named after it.</source>
        <translation>{folder}에 하위 폴더가 없습니다. 클래스 이름의 폴더마다 이미지를 넣으세요.</translation>
    </message>
    <message>
        <source>{folder} has {count} sub-folders; up to {limit} classes are read.</source>
        <translation>{folder}의 하위 폴더는 {count}개입니다. 클래스는 {limit}개까지 읽습니다.</translation>
    </message>
    <message>
        <source>{folder} holds both {one} and {other}: only one of them can be read.</source>
        <translation>{folder} 폴더에 {one} 폴더와 {other} 폴더가 모두 있습니다. 하나만 불러올 수 있습니다.</translation>
    </message>
    <message>
        <source>{folder} holds data sets of its own in {names}: choose one of these folders.</source>
        <translation>{folder} 폴더 안에 데이터셋이 여럿 있습니다. 다음 폴더 중 하나를 선택하세요: {names}.</translation>
    </message>
    <message>
        <source>{folder} holds no images in its sub-folders.</source>
        <translation>{folder}의 하위 폴더에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} holds no images.</source>
        <translation>{folder}에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} holds {count:image|images}, more than fit into memory.</source>
        <translation>{folder}의 이미지 {count}장은 메모리에 다 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>{folder} holds {names}, but no folder train with the images to learn from.</source>
        <translation>{folder} 폴더에는 {names} 폴더가 있지만 학습 이미지가 들어 있는 train 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} is a folder that holds no images.</source>
        <translation>{folder} 폴더에 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{folder} is not a run: it has no readable run.json.</source>
        <translation>{folder} 폴더는 학습 기록이 아닙니다. 읽을 수 있는 run.json이 없습니다.</translation>
    </message>
    <message>
        <source>{folder} is not a run: its run.json was not written by this program.</source>
        <translation>{folder} 폴더는 학습 기록이 아닙니다. 이 프로그램이 저장한 run.json이 아닙니다.</translation>
    </message>
    <message>
        <source>{folder}: {count} of {total:image|images} ({share} %) cannot be read, more than {most} %: {files}. The first: {sentence}</source>
        <translation>{folder} 폴더: 이미지 {total}개 중 {count}개({share}%)를 불러올 수 없어 {most}%를 넘습니다: {files}. 첫 번째: {sentence}</translation>
    </message>
    <message>
        <source>{groups} groups cannot share {inputs} input and {outputs:output channel|output channels} evenly.</source>
        <translation>그룹 {groups}개로 입력 채널 {inputs}개와 출력 채널 {outputs}개를 고르게 나눌 수 없습니다.</translation>
    </message>
    <message>
        <source>{host} answers with error {code}.</source>
        <translation>{host} 서버의 오류 응답: {code}.</translation>
    </message>
    <message>
        <source>{host} broke off.</source>
        <translation>{host}과(와)의 연결이 끊겼습니다.</translation>
    </message>
    <message>
        <source>{host} gave no usable answer.</source>
        <translation>{host}에서 쓸 수 있는 답을 받지 못했습니다.</translation>
    </message>
    <message>
        <source>{host} leads to an unprotected connection.</source>
        <translation>{host} 서버가 보호되지 않는 연결로 이어집니다.</translation>
    </message>
    <message>
        <source>{host} sends another part than asked for.</source>
        <translation>{host} 서버가 요청과 다른 부분을 보냅니다.</translation>
    </message>
    <message>
        <source>{host} sends more than the file holds.</source>
        <translation>{host} 서버가 파일보다 많은 데이터를 보냅니다.</translation>
    </message>
    <message>
        <source>{host} sends something else under this name.</source>
        <translation>{host} 서버가 이 이름으로 다른 것을 보냅니다.</translation>
    </message>
    <message>
        <source>{layer} does not fit: {reason}</source>
        <translation>{layer} 층이 맞지 않습니다: {reason}</translation>
    </message>
    <message>
        <source>{layer} has no such weight: choose another output, input, row or column.</source>
        <translation>{layer}에 그런 가중치가 없습니다. 다른 출력, 입력, 행, 열을 선택하세요.</translation>
    </message>
    <message>
        <source>{layer} has no weights that are learned.</source>
        <translation>{layer}에는 학습하는 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>{layer} has the shape {shape}: there is nothing at {place}.</source>
        <translation>{layer}의 형태는 {shape}이며 {place}에는 아무것도 없습니다.</translation>
    </message>
    <message>
        <source>{layer} of {model} does not fit: it expects {expected}, but gets {found}.</source>
        <translation>{model} 모델의 {layer} 층이 맞지 않습니다. 필요: {expected}, 실제: {found}.</translation>
    </message>
    <message>
        <source>{model} applies its softmax over the images of a batch (dim=0): write dim=1, over the classes.</source>
        <translation>{model} 모델은 소프트맥스를 클래스가 아니라 배치의 이미지에 걸쳐 적용합니다(dim=0). 클래스에 걸쳐 적용하도록 dim=1로 쓰세요.</translation>
    </message>
    <message>
        <source>{model} cannot be run on an image of {shape} (channels×height×width): {reason}.</source>
        <translation>{model} 모델은 {shape}(채널×높이×너비) 이미지로 실행할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{model} cannot learn: it changes a value in place (x += …, x[…] = … or inplace=True) that the backward pass needs as it was. Write x = x + … instead. PyTorch says: {reason}.</source>
        <translation>{model} 모델을 학습할 수 없습니다. 역전파에 원래 값이 필요한 텐서를 제자리에서 바꿉니다(x += …, x[…] = … 또는 inplace=True). x = x + …처럼 쓰세요. PyTorch의 설명: {reason}.</translation>
    </message>
    <message>
        <source>{model} cannot learn: {reason}. The last good weights are kept.</source>
        <translation>{model} 모델을 학습할 수 없습니다: {reason}. 마지막으로 정상이던 가중치는 보존됩니다.</translation>
    </message>
    <message>
        <source>{model} cannot read such images: {reason}.</source>
        <translation>{model} 모델에는 이런 이미지를 입력할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{model} cannot run on images of {size} pixels.</source>
        <translation>{model} 모델은 {size}픽셀 이미지로 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>{model} ends in a log-softmax. Its output is taken as log-probabilities (nn.NLLLoss), without a second softmax: there is nothing to change.</source>
        <translation>{model} 모델은 로그 소프트맥스로 끝납니다. 출력을 로그 확률로 보고(nn.NLLLoss) 소프트맥스를 다시 적용하지 않습니다. 바꿀 것은 없습니다.</translation>
    </message>
    <message>
        <source>{model} ends in a sigmoid for each class, and its outputs are taken as scores: it learns slowly so. Remove the sigmoid, for the cross-entropy applies a softmax.</source>
        <translation>{model} 모델은 클래스마다 시그모이드로 끝나며, 출력을 점수로 봅니다. 이렇게 하면 학습이 느립니다. 교차 엔트로피가 소프트맥스를 적용하므로 시그모이드를 빼세요.</translation>
    </message>
    <message>
        <source>{model} ends in a sigmoid. Its output is taken as the probability of the second class (nn.BCELoss). Usually a model gives the score before it: remove the sigmoid.</source>
        <translation>{model} 모델은 시그모이드로 끝납니다. 출력을 두 번째 클래스의 확률로 봅니다(nn.BCELoss). 보통은 그 앞의 점수를 출력하므로 시그모이드를 빼세요.</translation>
    </message>
    <message>
        <source>{model} ends in a softmax. Its output is taken as probabilities, without a second softmax. Usually a model gives the scores before it: remove the softmax, for nn.CrossEntropyLoss applies one.</source>
        <translation>{model} 모델은 소프트맥스로 끝납니다. 출력을 확률로 보고 소프트맥스를 다시 적용하지 않습니다. nn.CrossEntropyLoss가 소프트맥스를 적용하므로 보통은 그 앞의 점수를 출력합니다. 소프트맥스를 빼세요.</translation>
    </message>
    <message>
        <source>{model} fails behind {layer}, which gives {found}: {reason}.</source>
        <translation>{model} 모델이 {layer} 다음에서 실패했습니다. {layer}의 출력은 {found}: {reason}.</translation>
    </message>
    <message>
        <source>{model} gives no tensor, but {kind}: return the scores of the classes.</source>
        <translation>{model} 모델의 출력이 텐서가 아니라 {kind}입니다. 클래스의 점수를 출력하세요.</translation>
    </message>
    <message>
        <source>{model} gives scores while it is trained, and probabilities while it predicts. Each is taken as what it is: there is nothing to change.</source>
        <translation>{model} 모델은 학습할 때는 점수를, 예측할 때는 확률을 출력합니다. 각각을 그대로 사용하므로 바꿀 것이 없습니다.</translation>
    </message>
    <message>
        <source>{model} gives whole numbers ({kind}), from which nothing can be learned: leave out .long(), .round() and the like.</source>
        <translation>{model} 모델의 출력이 정수({kind})여서 학습할 수 없습니다. .long(), .round() 등을 빼세요.</translation>
    </message>
    <message>
        <source>{model} gives {count:tensor|tensors}; tensor {part} ({shape} for an image) is trained, evaluated and shown.</source>
        <translation>{model} 모델은 텐서 {count}개를 출력합니다. 텐서 {part}(이미지 하나에 {shape})을 학습, 평가, 표시에 씁니다.</translation>
    </message>
    <message>
        <source>{model} gives {found:number|numbers} for an image, but the data set has {expected:class|classes}.</source>
        <translation>{model} 모델은 이미지에 수 {found}개를 내지만 데이터셋의 클래스는 {expected}개입니다.</translation>
    </message>
    <message>
        <source>{model} gives {found:number|numbers} for {images:image|images}, expected are {expected}: a size in view(-1, …) or reshape(-1, …) does not fit.</source>
        <translation>{model} 모델은 이미지 {images}장에 {found}개의 숫자를 출력하는데 {expected}개여야 합니다. view(-1, …)나 reshape(-1, …)의 크기가 맞지 않습니다.</translation>
    </message>
    <message>
        <source>{model} has no weights: there is nothing to learn.</source>
        <translation>{model} 모델에는 가중치가 없어 학습할 것이 없습니다.</translation>
    </message>
    <message>
        <source>{model} is not a classifier of {count:class|classes}: its output has the shape {shape}.</source>
        <translation>{model} 모델은 클래스 {count}개의 분류기가 아닙니다. 출력의 형태가 {shape}입니다.</translation>
    </message>
    <message>
        <source>{model} names no class: write file:PATH.py::CLASS.</source>
        <translation>{model}에 클래스 이름이 없습니다. file:경로.py::클래스로 쓰세요.</translation>
    </message>
    <message>
        <source>{model} reads colour images; those here have {channels:channel|channels}.</source>
        <translation>{model} 모델의 입력은 컬러 이미지입니다. 여기 이미지는 채널이 {channels}개입니다.</translation>
    </message>
    <message>
        <source>{model} reads images of {expected}, and those of {title} are {found}: look at them with it, but train a variant for small images, such as VGG (32×32), or use images of that size.</source>
        <translation>{model} 모델의 입력은 {expected} 이미지이지만 {title} 데이터셋의 이미지는 {found}입니다. 들여다보는 데 쓰고, 학습은 VGG (32×32) 같은 작은 이미지용 모델로 하거나 그 크기의 이미지를 쓰세요.</translation>
    </message>
    <message>
        <source>{model} takes images of {expected} (channels×height×width), not of {found}.</source>
        <translation>{model} 모델의 입력은 {expected}(채널×높이×너비)입니다. 이 이미지: {found}.</translation>
    </message>
    <message>
        <source>{name} ({count:image|images}) is gone</source>
        <translation>{name}(이미지 {count}장) 없어짐</translation>
    </message>
    <message>
        <source>{name} ({count:image|images}) is new</source>
        <translation>{name}(이미지 {count}장) 새로 생김</translation>
    </message>
    <message>
        <source>{name} cannot be a sweep&apos;s name: here it is the same file as that of the sweep {other}.</source>
        <translation>스윕 이름으로 쓸 수 없습니다: {name}. 이 시스템에서는 스윕 {other}의 파일과 같은 파일이 됩니다.</translation>
    </message>
    <message>
        <source>{name} cannot be a sweep&apos;s name: use letters, digits, spaces, . + - and _.</source>
        <translation>스윕 이름으로 쓸 수 없습니다: {name}. 글자, 숫자, 빈칸, . + - _를 쓰세요.</translation>
    </message>
    <message>
        <source>{name} cannot be built: {reason} (line {line} of {file}).</source>
        <translation>{name} 모델을 만들 수 없습니다: {reason} ({file} 파일의 {line}행).</translation>
    </message>
    <message>
        <source>{name} does not take these arguments: {reason}.</source>
        <translation>{name} 모델에 사용할 수 없는 인수입니다: {reason}.</translation>
    </message>
    <message>
        <source>{name} in {file} gives no torch.nn.Module, but {found}.</source>
        <translation>{file} 파일의 {name} 함수가 반환한 값은 torch.nn.Module이 아닙니다: {found}.</translation>
    </message>
    <message>
        <source>{name} in {file} is a model already: it takes no arguments.</source>
        <translation>{file} 파일의 {name} 모델은 이미 만들어져 있으므로 인수를 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>{name} in {file} is not derived from torch.nn.Module.</source>
        <translation>{file} 파일의 {name} 클래스는 torch.nn.Module에서 파생하지 않았습니다.</translation>
    </message>
    <message>
        <source>{name} is a model of your own: open {file} first, so that you can agree to run it.</source>
        <translation>{name} 모델은 직접 만든 모델입니다. 실행에 동의할 수 있도록 먼저 {file} 파일을 여세요.</translation>
    </message>
    <message>
        <source>{name} needs more memory than there is.</source>
        <translation>{name}: 열기에는 메모리가 부족합니다.</translation>
    </message>
    <message>
        <source>{name} of {model} holds numbers of the kind {kind}, which a run cannot store: keep complex numbers as pairs of real ones (torch.view_as_real).</source>
        <translation>{model}의 {name}에 든 {kind} 형식의 수는 기록에 저장할 수 없습니다. 복소수는 실수 쌍으로 두세요(torch.view_as_real).</translation>
    </message>
    <message>
        <source>{name} of {model} is no tensor, so a run cannot store it: leave get_extra_state() out.</source>
        <translation>{model} 모델의 {name} 값은 텐서가 아니어서 기록에 저장할 수 없습니다. get_extra_state()를 빼세요.</translation>
    </message>
    <message>
        <source>{name} wants {arguments}, which this program does not know: write for example {example}.</source>
        <translation>{name} 모델에 필요한 인수의 값을 알 수 없습니다: {arguments}. 예를 들어 {example}처럼 입력하세요.</translation>
    </message>
    <message>
        <source>{now:class|classes} in place of {then}</source>
        <translation>클래스 {then}개가 {now}개로 변경</translation>
    </message>
    <message>
        <source>{old} is now called {new}</source>
        <translation>이름 변경: {old} → {new}</translation>
    </message>
    <message>
        <source>{problem} It reads images of {size}: choose a data set with such images, such as {data}, and open it again.</source>
        <translation>{problem} 이 모델의 입력은 {size} 크기의 이미지입니다. 그런 이미지가 있는 데이터셋(예: {data})을 선택하고 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>{reason} (line {line} of {file})</source>
        <translation>{reason} ({file} {line}행)</translation>
    </message>
    <message>
        <source>{reason} --by-position takes them in their order all the same.</source>
        <translation>{reason} 그래도 순서대로 맞추려면 --by-position 옵션을 사용하세요.</translation>
    </message>
    <message>
        <source>{reason} Its weights are there: a branch can begin from them.</source>
        <translation>{reason} 가중치는 남아 있으므로 거기서 분기할 수 있습니다.</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <source>{run} comes from elsewhere and names {path} as its data: say --dataset {key} if they may be read.</source>
        <translation>학습 기록 {run}은 다른 곳에서 온 것이며 데이터로 {path} 경로를 가리킵니다. 읽어도 되면 --dataset {key}를 지정하세요.</translation>
    </message>
    <message>
        <source>{run} comes from elsewhere: open it and let its data be read first.</source>
        <translation>{run} 기록은 다른 곳에서 온 것입니다. 먼저 기록을 열어 데이터를 읽도록 허용하세요.</translation>
    </message>
    <message>
        <source>{run} has failed: {reason}</source>
        <translation>{run}: 학습이 실패했습니다: {reason}</translation>
    </message>
    <message>
        <source>{run} is currently being trained.</source>
        <translation>{run} 기록은 지금 학습 중입니다.</translation>
    </message>
    <message>
        <source>{step} is no step: write a number, best or last.</source>
        <translation>스텝이 아닙니다: {step}. 숫자, best, last 가운데 하나를 입력하세요.</translation>
    </message>
    <message>
        <source>{text} can mean {large} or {small}: write one of them.</source>
        <translation>{text}: {large} 또는 {small}, 두 가지로 해석됩니다. 둘 중 하나를 입력하세요.</translation>
    </message>
    <message>
        <source>{text} cannot be read: write a name and plain values, such as Net(depth=2, widths=[8, 16]).</source>
        <translation>읽을 수 없습니다: {text}. Net(depth=2, widths=[8, 16])처럼 이름과 값을 입력하세요.</translation>
    </message>
    <message>
        <source>{text} is not a number: write it like 0.001 or 1e-3.</source>
        <translation>{text}: 수가 아닙니다. 0.001 또는 1e-3과 같이 입력하세요.</translation>
    </message>
    <message>
        <source>{text} is not a whole number: write it like 1000.</source>
        <translation>{text}: 정수가 아닙니다. 1000과 같이 입력하세요.</translation>
    </message>
    <message>
        <source>{text} is too large or too near 0 to be computed with.</source>
        <translation>{text}: 계산에 쓰기에는 너무 크거나 0에 너무 가깝습니다.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded into {folder}: {reason}. Choose a folder that can be written.</source>
        <translation>{title}: {folder} 폴더에 다운로드하지 못했습니다: {reason}. 저장할 수 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded. {reason} Try again later, or put {file} into {folder} yourself.</source>
        <translation>{title}: 다운로드하지 못했습니다. {reason} 나중에 다시 시도하거나 {file} 파일을 {folder} 폴더에 직접 넣으세요.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded: no server can be reached. Check the network connection and try again; what has come so far is kept. The built-in data sets need no network.</source>
        <translation>{title}: 다운로드하지 못했습니다. 서버에 연결할 수 없습니다. 네트워크를 확인하고 다시 시도하세요. 지금까지 받은 것은 남아 있습니다. 내장 데이터셋은 네트워크가 필요 없습니다.</translation>
    </message>
    <message>
        <source>{title} could not be downloaded: the disk with {folder} is full. Make room and try again; what has come so far is kept.</source>
        <translation>{title}: 다운로드하지 못했습니다. {folder} 폴더의 디스크가 가득 찼습니다. 공간을 비우고 다시 시도하세요. 지금까지 받은 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{title} does not name its classes: they are those of the weights by position.</source>
        <translation>{title} 데이터셋에 클래스 이름이 없어 가중치의 클래스 순서에 맞춥니다.</translation>
    </message>
    <message>
        <source>{title} has no {name} images.</source>
        <translation>{title}에 {name} 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{title} has the label {label} among its {name} images, but its {classes:class|classes} are numbered 0 to {last}.</source>
        <translation>{title} 데이터셋의 {name} 이미지에 레이블({label})이 있지만 클래스 {classes}개의 번호는 0~{last}입니다.</translation>
    </message>
    <message>
        <source>{title} is not in the folder {folder}. Download it in the program&apos;s window, or choose the folder that holds it.</source>
        <translation>{folder} 폴더에 {title} 데이터셋이 없습니다. 프로그램 창에서 다운로드하거나 들어 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{title} needs {needed} MB in {folder}, but only {free} MB are free. Make room, or choose another folder.</source>
        <translation>{title}: {folder} 폴더에 {needed} MB가 필요한데 {free} MB만 비어 있습니다. 공간을 비우거나 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{value} cannot be the mean: write one number, or one for each channel ({channels}).</source>
        <translation>평균으로 사용할 수 없는 값: {value}. 채널 {channels}개에 함께 쓸 숫자 하나 또는 채널마다 하나씩 입력하세요.</translation>
    </message>
    <message>
        <source>{value} cannot be the standard deviation: write one number above 0, or one for each channel ({channels}).</source>
        <translation>{value}: 표준편차로 사용할 수 없습니다. 0보다 큰 수 하나 또는 채널마다 하나씩 {channels}개를 입력하세요.</translation>
    </message>
    <message>
        <source>{value} is no plain value (a number, a text, True, None, or a list of them): write a function in the file that returns the model, and choose that.</source>
        <translation>사용할 수 없는 값입니다: {value}. 숫자, 문자열, True, None, 또는 이들의 목록만 쓸 수 있습니다. 그 밖에는 모델을 반환하는 함수를 파일에 만들어 선택하세요.</translation>
    </message>
    <message>
        <source>{value} is not a known {field}; known are: {known}.</source>
        <translation>알 수 없는 값입니다({field}): {value}. 쓸 수 있는 값: {known}.</translation>
    </message>
    <message>
        <source>{word} can be read in two ways: write {points} or {apart}.</source>
        <translation>{word}: 두 가지로 해석됩니다. 다음 가운데 하나로 입력하세요: {points}, {apart}.</translation>
    </message>
    <message>
        <source>{word} is not a number: list them as 0.001, 0.01, 0.1.</source>
        <translation>수가 아닙니다: {word}. 0.001, 0.01, 0.1처럼 입력하세요.</translation>
    </message>
    <message>
        <source>{word} is not a whole number: list them as 1, 2, 3 or 1-3.</source>
        <translation>정수가 아닙니다: {word}. 1, 2, 3이나 1-3처럼 입력하세요.</translation>
    </message>
    <message>
        <source>“{part}” in “{piece}” cannot be read; such a layer is written like this: {form}.</source>
        <translation>“{piece}”에서 이해할 수 없는 부분: “{part}”. 이런 층은 이렇게 입력합니다: {form}.</translation>
    </message>
    <message>
        <source>“{part}” in “{piece}” must be from {low} to {high}.</source>
        <translation>“{piece}”의 “{part}” 값은 {low}에서 {high}까지여야 합니다.</translation>
    </message>
    <message>
        <source>“{piece}” is not a layer; the layers are: {known}.</source>
        <translation>층이 아닙니다: “{piece}”. 쓸 수 있는 층: {known}.</translation>
    </message>
    <message>
        <source>“{piece}” is not complete; such a layer is written like this: {form}.</source>
        <translation>완전하지 않습니다: “{piece}”. 이런 층은 이렇게 입력합니다: {form}.</translation>
    </message>
    <message>
        <source>Built-in digits</source>
        <translation>내장 숫자</translation>
    </message>
    <message>
        <source>Built-in shapes</source>
        <translation>내장 도형</translation>
    </message>
    <message>
        <source>The weights on the screen have learned nothing yet: Train begins with random ones too.</source>
        <translation>화면의 가중치는 아직 학습되지 않았습니다. [학습]도 무작위 가중치로 시작합니다.</translation>
    </message>
    <message>
        <source>{model} has no layer {layer} with weights to freeze; it has {known}.</source>
        <translation>{model} 모델에 가중치를 고정할 {layer} 층이 없습니다. 있는 층: {known}.</translation>
    </message>
    <message>
        <source>Links that lead back to a folder above them are left out: {files}.</source>
        <translation>상위 폴더로 되돌아가는 링크는 제외했습니다: {files}.</translation>
    </message>
    <message>
        <source>No run can be written to {folder}: {reason}.</source>
        <translation>{folder} 폴더에 학습 기록을 저장할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The run.json of the run {folder} cannot be read: {reason}.</source>
        <translation>학습 기록 {folder}의 run.json 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>What is neither a file nor a folder is left out: {files}.</source>
        <translation>파일도 폴더도 아닌 항목은 제외했습니다: {files}.</translation>
    </message>
    <message>
        <source>{folder} is not a folder.</source>
        <translation>{folder}: 폴더가 아닙니다.</translation>
    </message>
    <message>
        <source>The validation share must be at least 0 and below 1; it is {value}.</source>
        <translation>검증 비율은 0 이상 1 미만이어야 합니다. 지금은 {value}입니다.</translation>
    </message>
    <message>
        <source>Folders beside the training split are left out: {names}.</source>
        <translation>학습 폴더 옆에 있는 다음 폴더는 제외합니다: {names}.</translation>
    </message>
    <message>
        <source>How the weights of {layer} learn is not supported.</source>
        <translation>{layer} 층의 가중치가 학습되는 과정은 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>Images of {height}×{width} pixels are too small for {model}: it needs at least {least}×{least}.</source>
        <translation>{height}×{width} 픽셀 이미지는 {model} 모델에 너무 작습니다(최소 {least}×{least}).</translation>
    </message>
    <message>
        <source>Some values were computed where nobody can look: they are shown as “Not recorded”.</source>
        <translation>일부 값은 기록할 수 없는 곳에서 계산되어 “Not recorded”로 표시합니다.</translation>
    </message>
    <message>
        <source>The data changed since {run} was trained: {changes}. What is shown is of the current data.</source>
        <translation>학습 기록 {run} 이후 데이터가 변경되었습니다: {changes}. 화면의 값은 현재 데이터로 계산한 것입니다.</translation>
    </message>
    <message>
        <source>The images of {dataset} are not on this computer: download them first.</source>
        <translation>이 컴퓨터에 {dataset} 이미지가 없습니다. 먼저 다운로드하세요.</translation>
    </message>
    <message>
        <source>The images of {dataset}, which the run learns from, are not on this computer: download them first.</source>
        <translation>이 기록이 학습하는 {dataset} 이미지가 이 컴퓨터에 없습니다. 먼저 다운로드하세요.</translation>
    </message>
    <message>
        <source>The run was trained on {device}, which is not available on this computer: it can be resumed to the last bit only there. Branch from it to train on this computer&apos;s devices.</source>
        <translation>이 기록을 학습한 {device} 장치가 이 컴퓨터에 없습니다. 마지막 비트까지 똑같이 이어서 학습하는 것은 그 장치에서만 됩니다. 이 컴퓨터의 장치로 학습하려면 분기하세요.</translation>
    </message>
    <message>
        <source>There is no test split: the validation images are the test images.</source>
        <translation>테스트 이미지가 따로 없어 검증 이미지를 테스트 이미지로 사용합니다.</translation>
    </message>
    <message>
        <source>This run is in memory only: save it elsewhere first, then bookmark its steps.</source>
        <translation>이 학습 기록은 메모리에만 있습니다. 먼저 다른 곳에 저장한 다음 책갈피를 추가하세요.</translation>
    </message>
    <message>
        <source>{file}: no training image has the labels {labels} of the {part} split.</source>
        <translation>{file} 파일의 {part} 구분에만 있고 학습 이미지에는 없는 레이블: {labels}.</translation>
    </message>
    <message>
        <source>{folder} holds the class {name}, which the training split lacks.</source>
        <translation>{folder} 폴더의 {name} 클래스가 학습 데이터에는 없습니다.</translation>
    </message>
    <message>
        <source>No pixel of {parts} in {file} is above 1, and 255 is white: multiply them by 255 if 1 is to be white.</source>
        <translation>{file} 파일의 {parts} 부분에는 1보다 큰 픽셀이 없습니다(255가 흰색). 1이 흰색이라면 255를 곱하세요.</translation>
    </message>
    <message>
        <source>--layer is for the method grad-cam.</source>
        <translation>--layer는 grad-cam 방법에만 씁니다.</translation>
    </message>
    <message>
        <source>--patch and --stride are for the method occlusion.</source>
        <translation>--patch와 --stride는 occlusion 방법에만 씁니다.</translation>
    </message>
    <message>
        <source>--patch and --stride must be at least 1.</source>
        <translation>--patch와 --stride는 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A PNG file holds 1 or 3 channels; this picture has {count}.</source>
        <translation>PNG 파일은 채널이 1개 또는 3개입니다. 이 그림은 {count}개입니다.</translation>
    </message>
    <message>
        <source>A class is compared with another one, not with itself.</source>
        <translation>클래스는 자기 자신이 아니라 다른 클래스와 비교합니다.</translation>
    </message>
    <message>
        <source>A patch of {patch} pixels does not fit the image of {size} pixels.</source>
        <translation>{patch}픽셀짜리 조각은 {size}픽셀 이미지에 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Choose an image first: without one there is no answer to explain.</source>
        <translation>먼저 이미지를 선택하세요. 이미지가 없으면 설명할 답이 없습니다.</translation>
    </message>
    <message>
        <source>No layer of this model has maps, which Grad-CAM needs.</source>
        <translation>이 모델에는 Grad-CAM에 필요한 특징 맵이 있는 층이 없습니다.</translation>
    </message>
    <message>
        <source>The stride must be at most the side of the patch: else pixels are left out.</source>
        <translation>스트라이드는 조각의 한 변보다 크면 안 됩니다. 더 크면 빠지는 픽셀이 생깁니다.</translation>
    </message>
    <message>
        <source>The sum of the map misses the logit&apos;s change by {error}, more than the allowed {allowed}.</source>
        <translation>맵의 합과 로짓의 변화량이 {error}만큼 다릅니다. 허용 오차 {allowed}보다 큽니다.</translation>
    </message>
    <message>
        <source>The training diverged at step {step}: the loss is no longer a finite number. The last good weights are those of step {good}: it can be continued from there. Try a learning rate below {rate}.</source>
        <translation>스텝 {step}에서 학습이 발산했습니다. 손실이 더는 유한한 수가 아닙니다. 마지막으로 정상인 가중치는 스텝 {good}의 가중치이며, 거기서 이어서 학습할 수 있습니다. {rate}보다 작은 학습률로 시도하세요.</translation>
    </message>
    <message>
        <source>The training diverged: after step {step} the loss is no finite number on images that were not learned. The last good weights are those of step {good}: it can be continued from there. Try a learning rate below {rate}.</source>
        <translation>학습이 발산했습니다. 스텝 {step} 이후 학습에 쓰지 않은 이미지의 손실이 유한한 수가 아닙니다. 마지막으로 정상인 가중치는 스텝 {good}의 가중치이며, 거기서 이어서 학습할 수 있습니다. {rate}보다 작은 학습률로 시도하세요.</translation>
    </message>
    <message>
        <source>There are no curves and numbers to export yet: train a model, or open a run.</source>
        <translation>내보낼 곡선과 수치가 아직 없습니다. 모델을 학습하거나 기록을 여세요.</translation>
    </message>
    <message>
        <source>There is no class number {number}.</source>
        <translation>{number}번 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>There is no class {name}. The classes are: {known}.</source>
        <translation>{name} 클래스가 없습니다. 있는 클래스: {known}.</translation>
    </message>
    <message>
        <source>{layer} is no layer with maps. These are: {names}.</source>
        <translation>{layer} 층에는 특징 맵이 없습니다. 특징 맵이 있는 층: {names}.</translation>
    </message>
    <message>
        <source>The channels of the input are the image itself: mute a channel of a layer behind it.</source>
        <translation>입력의 채널은 이미지 자체입니다. 그 뒤에 있는 층의 채널을 끄세요.</translation>
    </message>
    <message>
        <source>The images of a batch cannot be told apart in this layer.</source>
        <translation>이 층에서는 배치의 이미지를 구별할 수 없습니다.</translation>
    </message>
    <message>
        <source>The values of {layer} are not kept by channels: mute a channel of a layer before or behind it.</source>
        <translation>{layer} 층의 값은 채널별로 나뉘어 있지 않습니다. 앞이나 뒤에 있는 층의 채널을 끄세요.</translation>
    </message>
    <message>
        <source>The values of {layer} are the classes&apos; probabilities: mute a layer before it.</source>
        <translation>{layer} 층의 값은 클래스의 확률입니다. 그 앞에 있는 층의 채널을 끄세요.</translation>
    </message>
    <message>
        <source>{layer} has no channel {channel}: its channels are 0 to {last}.</source>
        <translation>{layer} 층에는 채널 {channel} 항목이 없습니다. 채널은 0~{last}입니다.</translation>
    </message>
    <message>
        <source>{layer} is muted, but this model has no layer of that name.</source>
        <translation>끈 층 {layer} 항목이 이 모델에 없습니다.</translation>
    </message>
    <message>
        <source>{layer} is no operation of the model: its values cannot be muted.</source>
        <translation>{layer} 층은 모델의 연산이 아니므로 끌 수 없습니다.</translation>
    </message>
    <message>
        <source>Channel {channel} of {layer} is muted to its mean, which is not known yet: compute it first.</source>
        <translation>{layer} 층의 채널 {channel}에 넣을 평균을 아직 모릅니다. 먼저 평균을 계산하세요.</translation>
    </message>
    <message>
        <source>The layers cannot be randomised, for the model cannot be copied: {reason}.</source>
        <translation>모델을 복사할 수 없어 층을 무작위로 초기화할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>No temperature is fitted: the predictions of the validation images are no better than chance.</source>
        <translation>온도를 맞추지 않았습니다. 검증 이미지의 예측이 무작위 추측보다 낫지 않습니다.</translation>
    </message>
    <message>
        <source>The weights do not record which images were held out for validation.</source>
        <translation>가중치에 어떤 이미지를 검증용으로 남겨 두었는지 기록되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The weights learned from all training images: none were held out for validation.</source>
        <translation>이 가중치는 모든 학습 이미지로 학습했습니다. 검증용으로 남겨 둔 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The weights learned from {dataset}, so no images of {title} are held out for them.</source>
        <translation>이 가중치는 {dataset} 데이터셋으로 학습했습니다. {title} 데이터셋에는 검증용으로 남겨 둔 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>There are too few images to tell what is unfamiliar: {count:image|images}, at least {least} are needed.</source>
        <translation>낯선 이미지를 구별하기에는 이미지가 너무 적습니다(이미지 {count}장, 최소 {least}장 필요).</translation>
    </message>
    <message>
        <source>This model decides by its numbers which operations run: its scores do not compare.</source>
        <translation>이 모델은 값에 따라 연산이 달라지므로 점수를 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>No temperature is fitted: every validation image is predicted correctly, so that none fits best.</source>
        <translation>온도를 맞추지 않았습니다. 모든 검증 이미지가 정답이어서 가장 알맞은 온도가 없습니다.</translation>
    </message>
    <message>
        <source>The mean of a channel is taken over a data set: choose one that fits the model, or mute to zero.</source>
        <translation>채널의 평균은 데이터셋에서 계산합니다. 모델에 맞는 데이터셋을 선택하거나 0으로 끄세요.</translation>
    </message>
    <message>
        <source>The means of the channels of {layer} are not known yet: compute them first.</source>
        <translation>{layer} 층의 채널 평균을 아직 모릅니다. 먼저 평균을 계산하세요.</translation>
    </message>
    <message>
        <source>{layer} is muted, but while the model is trained it has no such layer: take the mute back.</source>
        <translation>{layer} 층을 껐지만 학습할 때는 모델에 그 층이 없습니다. 끈 채널을 다시 켜세요.</translation>
    </message>
    <message>
        <source>--errors must be at least 1.</source>
        <translation>--errors 값은 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>--half is for the file of --out.</source>
        <translation>--half 옵션은 --out 파일에만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>--out needs --calibration, which finds the threshold of unfamiliar images.</source>
        <translation>--out 옵션에는 낯선 이미지의 기준값을 찾는 --calibration 옵션이 필요합니다.</translation>
    </message>
    <message>
        <source>--pictures needs --errors or --calibration: it writes pictures of these.</source>
        <translation>--pictures 옵션에는 --errors 또는 --calibration 옵션이 필요합니다. 그 결과를 그림으로 저장합니다.</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}.</source>
        <translation>{folder} 폴더를 만들 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The mean of a channel is taken over a data set: choose one that fits the model.</source>
        <translation>채널의 평균은 데이터셋에서 계산합니다. 모델에 맞는 데이터셋을 선택하세요.</translation>
    </message>
    <message>
        <source>This model has no layer whose channels can be removed.</source>
        <translation>이 모델에는 채널을 없앨 수 있는 층이 없습니다.</translation>
    </message>
    <message>
        <source>A channel&apos;s mean is computed over training images: say --dataset KEY, or write its value.</source>
        <translation>채널 평균은 학습 이미지로 계산합니다. --dataset KEY를 지정하거나 값을 직접 입력하세요.</translation>
    </message>
    <message>
        <source>Channels are muted of weights that a training begins with: say --from FILE.</source>
        <translation>학습을 시작할 가중치의 채널만 끌 수 있습니다. --from FILE을 지정하세요.</translation>
    </message>
    <message>
        <source>The threshold of unfamiliar images is measured without muted channels: say --unmute.</source>
        <translation>낯선 이미지의 기준값은 끈 채널 없이 측정합니다. --unmute를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no class {name}.</source>
        <translation>{name}: 없는 클래스입니다.</translation>
    </message>
    <message>
        <source>There is no method {name}. These are: {known}.</source>
        <translation>{name}: 없는 방법입니다. 사용할 수 있는 방법: {known}.</translation>
    </message>
    <message>
        <source>Calibration is measured when the training pauses or ends.</source>
        <translation>보정은 학습이 일시 정지되거나 끝나면 측정합니다.</translation>
    </message>
    <message>
        <source>Choose a data set: its test images tell how far probabilities can be believed.</source>
        <translation>데이터셋을 선택하세요. 테스트 이미지로 확률을 얼마나 믿을 수 있는지 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Images are being saved already: wait for them, or cancel that.</source>
        <translation>이미 이미지를 저장하고 있습니다. 기다리거나 취소하세요.</translation>
    </message>
    <message>
        <source>No image is listed: there is nothing to save.</source>
        <translation>목록에 이미지가 없어 저장할 것이 없습니다.</translation>
    </message>
    <message>
        <source>There are no predictions to save yet: open Evaluate first.</source>
        <translation>아직 저장할 예측이 없습니다. 먼저 [평가]를 여세요.</translation>
    </message>
    <message>
        <source>{file} is there already: choose another name. Nothing was overwritten.</source>
        <translation>{file} 항목이 이미 있습니다. 다른 이름을 선택하세요. 덮어쓴 것은 없습니다.</translation>
    </message>
    <message>
        <source>--removed-by is for --channels.</source>
        <translation>--removed-by는 --channels와 함께 사용합니다.</translation>
    </message>
    <message>
        <source>The means of channels are computed over training images: say --dataset KEY.</source>
        <translation>채널 평균은 학습 이미지로 계산합니다. --dataset KEY를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no map to export: choose an image first.</source>
        <translation>내보낼 맵이 없습니다. 먼저 이미지를 선택하세요.</translation>
    </message>
    <message>
        <source>PyTorch finds no gradients for this model: behind {layer} it computes without them.</source>
        <translation>PyTorch가 이 모델의 기울기를 구할 수 없습니다. {layer} 층 뒤에서 기울기 없이 계산합니다.</translation>
    </message>
    <message>
        <source>PyTorch finds no gradients for this model: it computes {layer} without them.</source>
        <translation>PyTorch가 이 모델의 기울기를 구할 수 없습니다. {layer} 층을 기울기 없이 계산합니다.</translation>
    </message>
</context>
<context>
    <name>WeightFields</name>
    <message>
        <source>out </source>
        <translation>출력 </translation>
    </message>
    <message>
        <source>in </source>
        <translation>입력 </translation>
    </message>
    <message>
        <source>depth </source>
        <translation>깊이 </translation>
    </message>
    <message>
        <source>row </source>
        <translation>행 </translation>
    </message>
    <message>
        <source>col </source>
        <translation>열 </translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>The layer of the weight</source>
        <translation>가중치가 속한 층</translation>
    </message>
    <message>
        <source>Output channel of the weight</source>
        <translation>가중치의 출력 채널</translation>
    </message>
    <message>
        <source>Input channel of the weight</source>
        <translation>가중치의 입력 채널</translation>
    </message>
    <message>
        <source>Depth in the kernel</source>
        <translation>커널 안의 깊이</translation>
    </message>
    <message>
        <source>Row in the kernel</source>
        <translation>커널 안의 행</translation>
    </message>
    <message>
        <source>Column in the kernel</source>
        <translation>커널 안의 열</translation>
    </message>
    <message>
        <source>Ask about the bias of the output channel</source>
        <translation>출력 채널의 편향을 묻습니다</translation>
    </message>
</context>
<context>
    <name>WeightSummary</name>
    <message>
        <source>Colours of the weights, and how many weights have which value (square root of the count, so that few large ones stay visible). The line is the mean.</source>
        <translation>가중치의 색과 값마다의 개수입니다(적은 큰 값도 보이도록 개수의 제곱근). 선은 평균입니다.</translation>
    </message>
    <message>
        <source>Weights of the layer</source>
        <translation>층의 가중치</translation>
    </message>
    <message>
        <source>bias {low} to {high}</source>
        <translation>편향 {low} ~ {high}</translation>
    </message>
    <message>
        <source>bias[{channel}] = {value}</source>
        <translation>편향[{channel}] = {value}</translation>
    </message>
    <message>
        <source>mean {mean}   std {std}</source>
        <translation>평균 {mean}   표준편차 {std}</translation>
    </message>
    <message>
        <source>min {low}   max {high}</source>
        <translation>최소 {low}   최대 {high}</translation>
    </message>
    <message>
        <source>no bias</source>
        <translation>편향 없음</translation>
    </message>
    <message>
        <source>{count:weight is not a number|weights are not numbers}</source>
        <translation>가중치 {count}개가 수가 아닙니다</translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message>
        <source>There is no answer yet: draw a digit or choose an image.</source>
        <translation>아직 답이 없습니다. 숫자를 그리거나 이미지를 선택하세요.</translation>
    </message>
    <message>
        <source>While a model learns this page is computed again every few seconds, so that training stays fast.</source>
        <translation>학습 중에는 학습 속도를 유지하기 위해 이 페이지를 몇 초마다 다시 계산합니다.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>맵</translation>
    </message>
    <message>
        <source>Which pixels the answer rests on</source>
        <translation>답의 근거가 된 픽셀</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>채널</translation>
    </message>
    <message>
        <source>What the answer would be without a channel</source>
        <translation>채널 하나가 없을 때의 답</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>신뢰성</translation>
    </message>
    <message>
        <source>Whether these maps say something about the model</source>
        <translation>이 맵이 모델에 관해 말해 주는 것이 있는지</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>뒤집기</translation>
    </message>
    <message>
        <source>The smallest change of the image that changes the answer</source>
        <translation>답을 바꾸는 가장 작은 이미지 변화</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>The answer at every recorded step of the training</source>
        <translation>저장된 학습 스텝별 답</translation>
    </message>
    <message>
        <source>Page of Why</source>
        <translation>근거의 페이지</translation>
    </message>
    <message>
        <source>Close Why</source>
        <translation>근거 닫기</translation>
    </message>
    <message>
        <source>Close this panel</source>
        <translation>이 패널을 닫습니다</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Back to the network</source>
        <translation>네트워크로 돌아가기</translation>
    </message>
    <message>
        <source>Close this panel, which has the place of the network (Esc)</source>
        <translation>네트워크 자리에 열린 이 패널을 닫습니다(Esc)</translation>
    </message>
    <message>
        <source>of step {step}</source>
        <translation>스텝 {step} 기준</translation>
    </message>
</context>
<context>
    <name>WindowRow</name>
    <message>
        <source>Arithmetic of the chosen cell</source>
        <translation>선택한 칸의 계산</translation>
    </message>
    <message>
        <source>How the chosen output cell comes about.</source>
        <translation>선택한 출력 칸이 나오는 과정.</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>products</source>
        <translation>곱</translation>
    </message>
    <message>
        <source>window</source>
        <translation>윈도</translation>
    </message>
</context>
<context>
    <name>WindowSumView</name>
    <message>
        <source>{map} under the window</source>
        <translation>창 아래의 {map}</translation>
    </message>
    <message>
        <source>kernel {name}</source>
        <translation>커널 {name}</translation>
    </message>
    <message>
        <source>= products</source>
        <translation>= 곱</translation>
    </message>
    <message>
        <source>Σ products  {sum}</source>
        <translation>Σ 곱  {sum}</translation>
    </message>
    <message>
        <source>+ {n:other channel|other channels}</source>
        <translation>+ 다른 채널 {n}개</translation>
    </message>
    <message>
        <source>+ bias  {bias}</source>
        <translation>+ 편향  {bias}</translation>
    </message>
    <message>
        <source>{place}, padding</source>
        <translation>{place}, 패딩</translation>
    </message>
    <message>
        <source>window</source>
        <translation>윈도</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Window times kernel</source>
        <translation>창 곱하기 커널</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>weights by distance</source>
        <translation>거리에 따른 가중치</translation>
    </message>
    <message>
        <source>rows {top} to {bottom}, columns {left} to {right} of {rows}×{cols}: point to see others</source>
        <translation>{rows}×{cols} 중 행 {top}–{bottom}, 열 {left}–{right}: 가리키면 다른 부분을 표시합니다</translation>
    </message>
</context>
<context>
    <name>WorksheetWriter</name>
    <message>
        <source>a constant that stands beside the values: padding, or written in the model</source>
        <translation>값 옆에 놓인 상수: 패딩이거나 모델에 적힌 값</translation>
    </message>
    <message>
        <source>a tie of {n:equal value|equal values}; the first is at {place}</source>
        <translation>같은 값 {n}개; 첫 번째는 {place}</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>bias β</source>
        <translation>편향 β</translation>
    </message>
    <message>
        <source>channel {c} = {k} ÷ {area}, row and column from the remainder</source>
        <translation>채널 {c} = {k} ÷ {area}, 행과 열은 나머지에서</translation>
    </message>
    <message>
        <source>channels ranked by the size of their sums</source>
        <translation>합의 크기 순으로 나열한 채널</translation>
    </message>
    <message>
        <source>comes from</source>
        <translation>원래 위치</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>상수</translation>
    </message>
    <message>
        <source>does not hold: the second</source>
        <translation>거짓: 두 번째 값</translation>
    </message>
    <message>
        <source>dropout is off: y = x = {x}</source>
        <translation>드롭아웃 꺼짐: y = x = {x}</translation>
    </message>
    <message>
        <source>dropped with its whole map: 0</source>
        <translation>특징 맵 전체가 버려짐: 0</translation>
    </message>
    <message>
        <source>dropped: 0</source>
        <translation>버려짐: 0</translation>
    </message>
    <message>
        <source>feature</source>
        <translation>특징</translation>
    </message>
    <message>
        <source>first</source>
        <translation>첫 번째</translation>
    </message>
    <message>
        <source>holds: the first</source>
        <translation>참: 첫 번째 값</translation>
    </message>
    <message>
        <source>in training step {n}</source>
        <translation>학습 스텝 {n}에서</translation>
    </message>
    <message>
        <source>input × weight = term, ranked by size</source>
        <translation>입력 × 가중치 = 항, 크기 순</translation>
    </message>
    <message>
        <source>kept and divided by 1 − p: {value}</source>
        <translation>남아서 1 − p로 나눔: {value}</translation>
    </message>
    <message>
        <source>label: {label}</source>
        <translation>레이블: {label}</translation>
    </message>
    <message>
        <source>looked up in a learned table: {entry}</source>
        <translation>학습된 표에서 가져온 값: {entry}</translation>
    </message>
    <message>
        <source>m, the largest score: {m}</source>
        <translation>가장 큰 점수 m: {m}</translation>
    </message>
    <message>
        <source>mean of the data set</source>
        <translation>데이터셋의 평균</translation>
    </message>
    <message>
        <source>no value of {layer} is written to this place</source>
        <translation>이 위치에 더해지는 {layer} 값이 없습니다</translation>
    </message>
    <message>
        <source>note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>pixel, 0 to 1</source>
        <translation>픽셀, 0에서 1</translation>
    </message>
    <message>
        <source>a learned parameter of the model that stands beside the values</source>
        <translation>값 옆에 있는, 모델이 학습한 매개변수</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>학습된 값</translation>
    </message>
    <message>
        <source>{n:channel|channels} by sum</source>
        <translation>채널 {n}개(합 순)</translation>
    </message>
    <message>
        <source>row {row}, column {col}</source>
        <translation>행 {row}, 열 {col}</translation>
    </message>
    <message>
        <source>running mean μ</source>
        <translation>이동 평균 μ</translation>
    </message>
    <message>
        <source>running variance σ²</source>
        <translation>이동 분산 σ²</translation>
    </message>
    <message>
        <source>second</source>
        <translation>두 번째</translation>
    </message>
    <message>
        <source>seed {seed}, this image as the batch</source>
        <translation>시드 {seed}, 이 이미지를 배치로</translation>
    </message>
    <message>
        <source>so far {sum}</source>
        <translation>누적 {sum}</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>표준편차</translation>
    </message>
    <message>
        <source>sum of the exponentials: {total}</source>
        <translation>exp 값의 합: {total}</translation>
    </message>
    <message>
        <source>sum of the products</source>
        <translation>곱의 합</translation>
    </message>
    <message>
        <source>sum of {n:channel|channels}</source>
        <translation>채널 {n}개의 합</translation>
    </message>
    <message>
        <source>sum of {n:term|terms}</source>
        <translation>{n}개 항의 합</translation>
    </message>
    <message>
        <source>sum {total} of {n:value|values} ÷ {divisor}</source>
        <translation>값 {n}개의 합 {total} ÷ {divisor}</translation>
    </message>
    <message>
        <source>the largest of {n:value|values} is at {place}</source>
        <translation>값 {n}개 중 가장 큰 값은 {place}</translation>
    </message>
    <message>
        <source>the other {n:term|terms} together (click to list them)</source>
        <translation>나머지 {n}개 항의 합 (클릭하면 펼침)</translation>
    </message>
    <message>
        <source>the smallest of {n:value|values} is at {place}</source>
        <translation>값 {n}개 중 가장 작은 값은 {place}</translation>
    </message>
    <message>
        <source>weight γ</source>
        <translation>가중치 γ</translation>
    </message>
    <message>
        <source>while predicting</source>
        <translation>예측할 때</translation>
    </message>
    <message>
        <source>{device} draws other numbers than the processor: not supported</source>
        <translation>{device} 장치의 난수는 CPU와 달라 지원하지 않습니다</translation>
    </message>
    <message>
        <source>random seed</source>
        <translation>난수 시드</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>역변환</translation>
    </message>
    <message>
        <source>its arithmetic is not supported: PyTorch computed it again in double precision</source>
        <translation>지원하지 않는 계산이라 PyTorch가 배정밀도로 다시 계산했습니다</translation>
    </message>
    <message>
        <source>muted by you</source>
        <translation>사용자가 끔</translation>
    </message>
    <message>
        <source>without the mute</source>
        <translation>끄지 않았을 때</translation>
    </message>
</context>
<context>
    <name>Workspaces</name>
    <message>
        <source>Explore</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>The network, and why every number in it is what it is</source>
        <translation>네트워크와, 그 안의 모든 숫자가 왜 그 값인지</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Train the model and watch it learn</source>
        <translation>모델을 학습시키고 배우는 과정을 봅니다</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>Where the model is right, and where it fails</source>
        <translation>모델이 맞히는 곳과 틀리는 곳</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Runs, their steps and sweeps side by side</source>
        <translation>학습 기록, 그 스텝, 스윕을 나란히 봅니다</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>Put a network of your own together; architectures side by side</source>
        <translation>나만의 네트워크를 만들고 아키텍처를 나란히 비교합니다</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>샌드박스</translation>
    </message>
    <message>
        <source>Try out kernels, strides, padding and pooling on a small input</source>
        <translation>작은 입력으로 커널, 스트라이드, 패딩, 풀링을 시험해 봅니다</translation>
    </message>
</context>
<context>
    <name>_BaselinePicture</name>
    <message>
        <source>The baseline</source>
        <translation>기준 이미지</translation>
    </message>
    <message>
        <source>What stands for an image without evidence, as the model sees it</source>
        <translation>근거가 없는 이미지로 모델에 입력하는 그림</translation>
    </message>
</context>
<context>
    <name>_ChoiceList</name>
    <message>
        <source>chosen</source>
        <translation>선택됨</translation>
    </message>
</context>
<context>
    <name>_ModelPrediction</name>
    <message>
        <source>{name} · {percent}</source>
        <translation>{name} · {percent}</translation>
    </message>
</context>
<context>
    <name>_Placeholder</name>
    <message>
        <source>This workspace is in a window of its own.</source>
        <translation>이 작업 공간은 별도 창에 있습니다.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>되돌려 놓기</translation>
    </message>
</context>
<context>
    <name>_Steps</name>
    <message>
        <source>Steps of the preparation: cropped, scaled to 20×20, centred by mass</source>
        <translation>전처리 단계: 자르기, 20×20 크기로 맞추기, 무게중심 맞추기</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>20×20</source>
        <translation>20×20</translation>
    </message>
    <message>
        <source>centred</source>
        <translation>중심</translation>
    </message>
</context>
<context>
    <name>_Summary</name>
    <message>
        <source>Input and prediction</source>
        <translation>입력과 예측</translation>
    </message>
</context>
</TS>
